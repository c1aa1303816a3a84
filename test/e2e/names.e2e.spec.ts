import { unwrap, type Insight, type TimelineEntry } from '@parley/client';
import { eventually } from '../harness/eventually';
import { CANARY, ParleyWithStores } from './parley-with-stores';
import type { RunningParley } from './running-parley';

const MINUTES = 60_000;
/** A name that is in no lexicon. */
const NAME = `${CANARY.charAt(0).toUpperCase()}${CANARY.slice(1)}`;
const LINES = [
  { speaker: 'Ann Lee', text: `I talked to ${NAME} about the contract with the bank.` },
  { speaker: `${NAME} Doe`, text: 'I will send the signed contract to the customer by Friday.' },
  { speaker: 'Ann Lee', text: `${NAME} will order the new monitors by Monday.` },
  { speaker: 'Ann Lee', text: `My colleague Sarah ${NAME} said so, and so did ${NAME}’s boss.` },
  { speaker: 'Ann Lee', text: 'We decided to go with the cheaper supplier.' },
];

// Real: the built system in a process of its own, its models, Postgres, Redis and files. What is said comes as captions.
describe('a meeting whose names are taken out', () => {
  let running: ParleyWithStores;
  let parley: RunningParley;
  let id: string;
  const params = () => ({ path: { id } });

  beforeAll(async () => {
    running = await ParleyWithStores.start();
    ({ parley } = running);
  }, 3 * MINUTES);
  afterAll(() => running.stop(), MINUTES);

  it(
    'has them in no store, file or log, once all has come of it that does',
    async () => {
      const { ingestion } = parley.client;
      const body = { title: 'Review', participants: [{ name: 'Ann Lee' }], redactNames: true };
      ({ id } = await unwrap(ingestion.POST('/v1/meetings', { body })));
      const utterances = LINES.map((line, at) => ({ ...line, id: String(at) }));
      await unwrap(
        ingestion.POST('/v1/meetings/{id}/utterances', { params: params(), body: { utterances } }),
      );
      await seen(({ type, data }) => type === 'insight' && last(data));
      await unwrap(ingestion.POST('/v1/meetings/{id}/end', { params: params() }));
      await seen(({ type, data }) => type === 'summary' && data.status === 'final');
      await eventually('a name is somewhere', MINUTES, async () => {
        return (await running.traces(CANARY)).length === 0;
      });
      expect(parley.output().toLowerCase()).not.toContain(CANARY);
    },
    4 * MINUTES,
  );

  it('says who spoke by the names that they were given, and of others how many they are', async () => {
    const { items } = await unwrap(
      parley.client.asr.GET('/v1/meetings/{id}/transcript', { params: params() }),
    );
    expect(items.map(({ speaker, text }) => [speaker?.name, text])).toEqual([
      ['Ann Lee', 'I talked to [name] about the contract with the bank.'],
      ['Speaker 1', 'I will send the signed contract to the customer by Friday.'],
      ['Ann Lee', '[name] will order the new monitors by Monday.'],
      ['Ann Lee', 'My colleague [name] said so, and so did [name]’s boss.'],
      ['Ann Lee', 'We decided to go with the cheaper supplier.'],
    ]);
  });

  it('gives nobody a task of whom it does not know who it is, and takes nothing for a person', async () => {
    const { agent, nlu } = parley.client;
    const { sections } = await unwrap(agent.GET('/v1/meetings/{id}/summary', { params: params() }));
    const monitors = sections.tasks.filter(({ text }) => text.includes('monitors'));
    expect(monitors.map(({ owner }) => owner)).toEqual(monitors.map(() => undefined));
    const { items } = await unwrap(
      agent.GET('/v1/suggestions', { params: { query: { meetingId: id } } }),
    );
    const owners = items.flatMap((one) => (one.arguments as { owner?: string }).owner ?? []);
    expect(owners.filter((owner) => owner !== 'Speaker 1')).toEqual([]);
    const insights = await unwrap(nlu.GET('/v1/meetings/{id}/insights', { params: params() }));
    const people = insights.items.flatMap(({ entities }) =>
      entities.filter(({ text }) => /name/i.test(text)),
    );
    expect(people).toEqual([]);
  });

  function last({ segmentId }: Insight): boolean {
    return segmentId.endsWith(`:${LINES.length - 1}`);
  }

  async function seen(wanted: (entry: TimelineEntry) => boolean): Promise<TimelineEntry> {
    for await (const entry of parley.client.subscribe(id)) {
      if (wanted(entry)) return entry;
    }
    throw new Error('the feed ended');
  }
});
