import { newId, segmentId, type MeetingId, type MeetingTopic } from '@parley/contracts';
import type { Page } from '@parley/service';
import { erased, final, RunningNlu, spoken } from '../testing/running-nlu';

const BUDGET = [
  'The annual budget covers the supplier.',
  'That supplier sends an invoice.',
  'Okay.',
  'The invoice is above the annual budget.',
];
const HIRING = [
  'The candidate asks about the salary.',
  'A higher salary for one candidate.',
  'Mm-hmm.',
  'The job interviews went well, says the candidate.',
];

// Real: Postgres (embedded), the embedded bus, the service over HTTP. Fake: ingestion.
describe('the topics of a meeting', () => {
  let nlu: RunningNlu;
  let meetingId: MeetingId;

  beforeAll(async () => {
    nlu = await RunningNlu.start();
  });
  beforeEach(async () => {
    nlu.told = [];
    meetingId = await nlu.newMeeting();
  });
  afterAll(() => nlu.stop());

  const ask = (id: MeetingId): Promise<Response> => fetch(`${nlu.url}/v1/meetings/${id}/topics`);
  const topics = async (): Promise<MeetingTopic[]> => {
    const response = await ask(meetingId);
    expect(response.status).toBe(200);
    const { items, nextCursor } = (await response.json()) as Page<MeetingTopic>;
    expect(nextCursor).toBeNull();
    return items;
  };
  /** Ten times these lines, as utterances from this number on. */
  const say = async (lines: readonly string[], from: number): Promise<void> => {
    const all = Array.from({ length: 10 }, () => lines).flat();
    const understood = nlu.toldOf(nlu.told.length + all.length);
    await nlu.publish(...all.map((text, at) => spoken(final(meetingId, from + at, text))));
    await understood;
  };
  const nth = (utterance: number): string => segmentId(meetingId, 'main', utterance);

  it('are spans that grow while it runs, each named by its phrases', async () => {
    expect(await topics()).toEqual([]);
    await say(BUDGET, 0);
    expect(await topics()).toMatchObject([
      { startMs: 0, endMs: null, firstSegmentId: nth(0), lastSegmentId: nth(39), segments: 40 },
    ]);
    await say(HIRING, 40);
    const [budget, hiring, ...more] = await topics();
    expect(more).toEqual([]);
    expect(budget).toMatchObject({
      ...{ startMs: 0, endMs: 200_000, firstSegmentId: nth(0), lastSegmentId: nth(39) },
      phrases: ['annual budget', 'supplier', 'invoice'],
    });
    expect(hiring).toMatchObject({
      ...{ startMs: 200_000, endMs: null, firstSegmentId: nth(40), lastSegmentId: nth(79) },
      phrases: ['candidate', 'higher salary', 'job interviews'],
    });
  });

  it('are gone with the words, and with the meeting', async () => {
    await say(BUDGET, 0);
    expect(await topics()).toHaveLength(1);
    // As notes-only takes the words out.
    await nlu.sql(`UPDATE nlu.insights SET entities = '[]', topics = '[]' WHERE meeting_id = $1`, [
      meetingId,
    ]);
    expect(await topics()).toEqual([]);
    await nlu.publish(erased(meetingId));
    expect((await ask(meetingId)).status).toBe(404);
  });

  it('are of nobody who does not know the meeting', async () => {
    const unknown = newId<MeetingId>();
    nlu.arrange(unknown, false);
    const response = await ask(unknown);
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({
      type: expect.stringContaining('meeting-not-found') as string,
    });
  });
});
