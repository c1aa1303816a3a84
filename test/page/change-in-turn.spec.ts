import { ParleyProblem, type EditSummary, type Summary } from '@parley/client';
import { changeInTurn } from '../../apps/ui/src/components/meeting/change-in-turn';

const conflict = ParleyProblem.of(new Response(null, { status: 409 }), {
  type: 'https://parley.dev/problems/conflict',
  title: 'Conflict',
  status: 409,
});

/** A service that takes a change of its newest version only. */
function service(version: number) {
  let known = { version: 1 } as Summary;
  const sent: EditSummary[] = [];
  const change = changeInTurn({
    known: () => known,
    send: (body) => {
      sent.push(body);
      if (body.version !== version) return Promise.reject(conflict);
      version += 1;
      known = { version } as Summary;
      return Promise.resolve();
    },
    ask: () => {
      known = { version } as Summary;
      return Promise.resolve();
    },
  });
  return { change, sent };
}

it('a second change is of the version that the first one made', async () => {
  const { change, sent } = service(1);
  await Promise.all([change(() => ({ remove: ['a'] })), change(() => ({ remove: ['b'] }))]);
  expect(sent).toEqual([
    { remove: ['a'], version: 1 },
    { remove: ['b'], version: 2 },
  ]);
});

it('where somebody else was quicker the plan is asked again, of what they left', async () => {
  const { change, sent } = service(4);
  await change(({ version }) => ({ remove: [`of ${version}`] }));
  expect(sent.map(({ remove }) => remove)).toEqual([['of 1'], ['of 4']]);
});

it('a plan that throws or has nothing to change does not stand in the way of the next', async () => {
  const { change, sent } = service(1);
  const thrown = change(() => {
    throw new Error('overtaken');
  });
  await Promise.all([
    expect(thrown).rejects.toThrow('overtaken'),
    change(() => null),
    change(() => ({ remove: ['a'] })),
  ]);
  expect(sent).toEqual([{ remove: ['a'], version: 1 }]);
});
