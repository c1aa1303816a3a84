import { makeEvent, newId, type Envelope, type Summary } from '@parley/contracts';
import type { Page } from '@parley/service';
import { MeetingsRepository } from '../meetings/meetings.repository';
import { RunningAgent } from '../testing/running-agent';
import { SpokenMeeting } from '../testing/spoken-meeting';
import { SummaryService } from './summary.service';

const PROMISED = 'Emma will send the pricing page to the design team.';
const DECIDED = 'Then let us go with Tuesday.';

// Real: the whole service, embedded Postgres, the embedded bus. Fake: rag and integrations, over HTTP.
describe('a summary that people edit', () => {
  let parley: RunningAgent;
  let meeting: SpokenMeeting;
  let promise: Envelope<'insight.created'>;
  let decision: Envelope<'insight.created'>;

  beforeAll(async () => {
    parley = await RunningAgent.start();
  });
  afterAll(() => parley.stop());

  beforeEach(async () => {
    meeting = new SpokenMeeting();
    parley.rag.on('POST /v1/search', () => ({ status: 200, body: { items: [] } }));
    promise = meeting.says(PROMISED, { intent: 'task' });
    decision = meeting.says(DECIDED, { intent: 'decision' });
    await parley.publish(meeting.started());
    await parley.publish(promise);
    await parley.publish(decision);
    await parley.publish(meeting.completed(), meeting.ended());
    await parley.hear('summary.updated', meeting.id);
  });

  const path = (): string => `/v1/meetings/${meeting.id}/summary`;
  const read = async (): Promise<Summary> => (await parley.call<Summary>('GET', path())).body;
  const edit = (change: object) => parley.call<Summary>('PATCH', path(), change);
  const versions = async (query = ''): Promise<Page<Summary>> =>
    (await parley.call<Page<Summary>>('GET', `${path()}/versions${query}`)).body;
  const idOf = async (section: 'tasks' | 'decisions'): Promise<string> =>
    (await read()).sections[section][0]?.id ?? '';
  /** The line again, as a person corrected it in the transcript. */
  const corrected = (
    said: Envelope<'insight.created'>,
    text: string,
  ): Envelope<'insight.created'> => {
    const { segment, insight } = said.data;
    const revision = segment.revision + 1;
    return { ...said, data: { segment: { ...segment, text, revision }, insight } };
  };
  const takeIn = async (): Promise<void> => {
    await parley.sql(
      `UPDATE agent.meetings SET corrected_at = corrected_at - interval '1 minute' WHERE id = $1`,
      [meeting.id],
    );
    await parley.get(SummaryService).takeInCorrections();
  };

  it('keeps who said that a task is done, also when it is made anew, and the audit log hears of it', async () => {
    const { version } = await read();
    const ticked = await edit({ version, edit: [{ id: await idOf('tasks'), done: true }] });
    expect(ticked.status).toBe(200);
    const [task] = ticked.body.sections.tasks;
    expect(task).toMatchObject({ doneBy: 'operator', doneAt: expect.any(String) as string });
    const [entry] = await parley.hear('audit.recorded', meeting.id);
    expect(entry?.data).toMatchObject({ action: 'task.done', subjectId: task?.id });

    await parley.publish(corrected(decision, 'Then let us go with Wednesday.'));
    await takeIn();
    expect((await read()).sections.tasks[0]).toMatchObject({ id: task?.id, doneBy: 'operator' });

    const now = await read();
    const open = await edit({ version: now.version, edit: [{ id: task?.id, done: false }] });
    expect(open.body.sections.tasks[0]).not.toHaveProperty('doneBy');
  });

  it('refuses that a decision is done', async () => {
    const { version } = await read();
    const answer = await edit({ version, edit: [{ id: await idOf('decisions'), done: true }] });
    expect(answer.status).toBe(400);
  });

  it('has a new version with what was changed, added and removed, which the timeline gets', async () => {
    const { status, body } = await edit({
      version: 1,
      edit: [{ id: await idOf('tasks'), text: 'Send the price list to design', owner: 'Emma' }],
      add: [{ section: 'keyPoints', text: 'Tuesday it is', segments: [decision.data.segment.id] }],
      remove: [await idOf('decisions')],
    });
    expect(status).toBe(200);
    const editedBy = body.editedBy ?? '';
    expect(editedBy).not.toBe('');
    expect(body).toMatchObject({
      version: 2,
      status: 'edited',
      sections: {
        tasks: [
          {
            text: 'Send the price list to design',
            owner: 'Emma',
            editedBy,
            citations: [{ type: 'segment', id: promise.data.segment.id, quote: PROMISED }],
          },
        ],
        keyPoints: [{ text: 'Tuesday it is', editedBy, supported: true }],
        decisions: [],
      },
    });
    expect(await read()).toEqual(body);
    const [, second] = await parley.hear('summary.updated', meeting.id, 2);
    expect(second?.data).toEqual({ version: 2, summary: body });
  });

  it('takes null for what is left out', async () => {
    const change = { id: await idOf('tasks'), text: 'Send it', segments: null, owner: null };
    const { status, body } = await edit({ version: 1, edit: [change], add: null, remove: null });
    expect(status).toBe(200);
    expect(body.sections.tasks).toMatchObject([{ text: 'Send it' }]);
  });

  it('keeps every version, newest first, page by page, and who made it', async () => {
    await edit({ version: 1, add: [{ section: 'tasks', text: 'Water the plants' }] });
    await edit({ version: 2, add: [{ section: 'tasks', text: 'Feed the fish' }] });
    const first = await versions('?limit=2');
    expect(first.items.map(({ version, status }) => [version, status])).toEqual([
      [3, 'edited'],
      [2, 'edited'],
    ]);
    const rest = await versions(`?limit=2&cursor=${first.nextCursor}`);
    expect(rest.items).toMatchObject([{ version: 1, status: 'final' }]);
    expect(rest.items[0]).not.toHaveProperty('editedBy');
    expect(rest.nextCursor).toBeNull();
  });

  it('changes for exactly one of many who edit the same version', async () => {
    const answers = await Promise.all(
      Array.from({ length: 5 }, (_, n) =>
        edit({ version: 1, add: [{ section: 'tasks', text: `Task number ${n}` }] }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409, 409]);
    expect((await read()).version).toBe(2);
  });

  it('is made anew when a line is corrected, and keeps what people wrote and took out', async () => {
    await edit({
      version: 1,
      edit: [{ id: await idOf('tasks'), owner: 'Emma Stone' }],
      add: [{ section: 'keyPoints', text: 'Nobody objected' }],
      remove: [await idOf('decisions')],
    });
    const said = 'Emma will send the price list to the design team.';
    await parley.publish(corrected(promise, said));
    await parley.publish(corrected(decision, 'Then let us go with Thursday.'));
    await parley.publish(meeting.says('I will book the flights.', { intent: 'task' }));
    await takeIn();

    const anew = await read();
    expect(anew).toMatchObject({ status: 'final', sections: { decisions: [] } });
    expect(anew.sections.keyPoints).toMatchObject([{ text: 'Nobody objected', supported: false }]);
    expect(anew.sections.tasks).toMatchObject([
      {
        text: 'Send the pricing page to the design team',
        owner: 'Emma Stone',
        citations: [{ id: promise.data.segment.id, quote: said }],
      },
      { text: 'Book the flights' },
    ]);
  });

  it('says what was corrected when nobody wrote another thing, once for many corrections', async () => {
    await parley.publish(corrected(decision, 'Then let us go with Wednesday.'));
    const again = corrected(
      { ...decision, data: corrected(decision, '').data },
      'Then let us go with Thursday.',
    );
    await parley.publish(again);
    await takeIn();
    await takeIn();
    expect(await read()).toMatchObject({
      version: 2,
      status: 'final',
      sections: {
        decisions: [
          {
            text: 'Then let us go with Thursday.',
            citations: [{ id: decision.data.segment.id, quote: 'Then let us go with Thursday.' }],
          },
        ],
      },
    });
  });

  it('is made anew however many meetings lost their lines after a correction', async () => {
    await parley.sql(
      `INSERT INTO agent.meetings (id, workspace_id, notes_only, ended_at, summarised_at, corrected_at)
       SELECT gen_random_uuid(), 'default', true, now(), now(), now() - interval '1 hour'
       FROM generate_series(1, 25)`,
    );
    await parley.publish(corrected(decision, 'Then let us go with Thursday.'));
    await takeIn();
    expect((await read()).version).toBe(2);
  });

  it('is made anew, too, when the first attempt to note the correction failed', async () => {
    const meetings = parley.get(MeetingsRepository);
    jest.spyOn(meetings, 'corrected').mockRejectedValueOnce(new Error('the database is away'));
    await parley.publish(corrected(decision, 'Then let us go with Thursday.'));
    await takeIn();
    expect((await read()).version).toBe(2);
  });

  it('has no new version when a correction changes nothing of it', async () => {
    await parley.publish(corrected(decision, DECIDED));
    await takeIn();
    expect((await read()).version).toBe(1);
  });

  it('refuses lines and segments that are not there, and changes nothing', async () => {
    const unknown = await edit({ version: 1, remove: ['tasks-99'] });
    expect(unknown.status).toBe(404);
    const elsewhere = newId<string>();
    const citing = { section: 'tasks', text: 'Fly', segments: [`${elsewhere}:main:0`] };
    expect((await edit({ version: 1, add: [citing] })).status).toBe(404);
    expect((await edit({ add: [] })).status).toBe(400);
    expect((await edit({ version: null, add: [] })).status).toBe(400);
    const nowhere = `/v1/meetings/${elsewhere}/summary`;
    expect((await parley.call('PATCH', nowhere, { version: 1 })).status).toBe(404);
    expect((await parley.call('GET', `${nowhere}/versions`)).status).toBe(404);
    expect((await read()).version).toBe(1);
  });

  it('goes with its meeting, all versions of it', async () => {
    await edit({ version: 1, add: [{ section: 'tasks', text: 'Water the plants' }] });
    const erasedAt = new Date().toISOString();
    await parley.publish(makeEvent('meeting.erased', { erasedAt }, { meetingId: meeting.id }));
    expect((await parley.call('GET', path())).status).toBe(404);
    expect(
      await parley.sql('SELECT 1 FROM agent.summaries WHERE meeting_id = $1', [meeting.id]),
    ).toEqual([]);
  });
});
