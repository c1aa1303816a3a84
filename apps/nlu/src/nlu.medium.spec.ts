import {
  newId,
  segmentId,
  type Analysis,
  type Insight,
  type LinkedEntity,
  type MeetingId,
} from '@parley/contracts';
import type { Page } from '@parley/service';
import { erased, final, reduced, RunningNlu, spoken, started } from './testing/running-nlu';

// Real: Postgres (embedded), the embedded bus, the service over HTTP. Fake: ingestion.
describe('nlu', () => {
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

  const insights = async (query = ''): Promise<Page<Insight>> => {
    const response = await fetch(`${nlu.url}/v1/meetings/${meetingId}/insights${query}`);
    expect(response.status).toBe(200);
    return (await response.json()) as Page<Insight>;
  };
  const isKnown = async (id: MeetingId): Promise<boolean> => {
    const { status } = await fetch(`${nlu.url}/v1/meetings/${id}/insights`);
    return status !== 404;
  };
  const analyse = (body: object): Promise<Response> =>
    fetch(`${nlu.url}/v1/analyses`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });

  it('turns a final segment into one insight that everybody is told of', async () => {
    const segment = final(meetingId, 0, 'Maria will send the report to the vendor by Friday.');
    await nlu.publish(spoken(segment));
    await nlu.toldOf(1);
    expect(nlu.told[0]).toMatchObject({
      meetingId,
      data: {
        segment,
        insight: {
          meetingId,
          segmentId: segment.id,
          intent: 'task',
          engine: 'parley-learnt-2',
          degraded: false,
          entities: [
            { type: 'person', text: 'Maria', value: 'Maria Lopez', start: 0, end: 5 },
            { type: 'date', text: 'Friday', value: '2026-11-27' },
          ],
        },
      },
    });
    const [kept] = (await insights()).items;
    const { entities, ...rest } = nlu.told[0]?.data.insight ?? { entities: [] };
    expect(kept).toMatchObject(rest);
    expect(kept?.entities.map(({ text, value }) => [text, value])).toEqual(
      entities.map(({ text, value }) => [text, value]),
    );
  });

  it('changes and tells nothing when a segment is delivered again', async () => {
    const first = spoken(final(meetingId, 0, 'Who owns the deployment checklist?'));
    await nlu.publish(first);
    await nlu.publish(first);
    await nlu.publish(spoken(first.data.segment));
    await nlu.publish(spoken(final(meetingId, 1, "Let's go with the blue design.")));
    await nlu.toldOf(2);
    expect(nlu.told.map(({ data }) => data.insight.intent)).toEqual(['question', 'decision']);
    expect((await insights()).items).toHaveLength(2);
  });

  it('takes an answer for what was asked, and again so when it is revised or everything comes again', async () => {
    const asked = final(meetingId, 0, 'Could you send the report by Friday?');
    const answer = { ...final(meetingId, 1, 'Yes, I will.'), channel: 'tom' };
    await nlu.publish(spoken(asked));
    await nlu.publish(spoken(answer));
    await nlu.publish(spoken({ ...final(meetingId, 2, 'The office was cold.'), channel: 'tom' }));
    await nlu.publish(spoken({ ...final(meetingId, 3, 'Okay.'), channel: 'tom' }));
    await nlu.toldOf(4);
    const intents = (): string[] => nlu.told.map(({ data }) => data.insight.intent);
    expect(intents()).toEqual(['request', 'task', 'statement', 'social']);
    await nlu.publish(spoken({ ...answer, revision: 1, text: 'Yes I will' }));
    for (const segment of [answer, asked]) await nlu.publish(spoken(segment));
    await nlu.toldOf(5);
    expect(intents()[4]).toBe('task');
    expect((await insights()).items.map(({ intent }) => intent)).toEqual(intents().slice(0, 4));
  });

  it('takes an answer for what was asked, though both come at once and the answer first', async () => {
    const asked = final(meetingId, 0, 'Could you send the report by Friday?');
    const answer = { ...final(meetingId, 1, 'Yes, I will.'), channel: 'tom' };
    await nlu.publish(spoken(answer), spoken(asked));
    await nlu.toldOf(2);
    expect((await insights()).items.map(({ intent }) => intent)).toEqual(['request', 'task']);
  });

  it('replaces an insight when its segment is revised, and ignores an older revision', async () => {
    const segment = final(meetingId, 0, 'We ship the report.');
    await nlu.publish(spoken(segment));
    await nlu.publish(spoken({ ...segment, revision: 2, text: "I'll ship the report." }));
    await nlu.publish(spoken({ ...segment, revision: 1, text: 'Who shipped the report?' }));
    await nlu.toldOf(2);
    const { items } = await insights();
    expect(items).toHaveLength(1);
    expect(items[0]).toMatchObject({ id: nlu.told[0]?.data.insight.id, intent: 'task' });
    expect(nlu.told).toHaveLength(2);
  });

  it('lists who and what is named in a meeting, and in each insight what is meant', async () => {
    const entities = async (): Promise<LinkedEntity[]> => {
      const response = await fetch(`${nlu.url}/v1/meetings/${meetingId}/entities`);
      expect(response.status).toBe(200);
      return ((await response.json()) as Page<LinkedEntity>).items;
    };
    const lines = ['Maria, Acme Corporation called.', 'Maria Lopez will call Acme by Friday.'];
    for (const [at, text] of lines.entries()) await nlu.publish(spoken(final(meetingId, at, text)));
    await nlu.toldOf(2);
    const maria = (await entities()).find(({ type }) => type === 'person');
    expect(maria).toMatchObject({
      id: 'person:maria-lopez',
      name: 'Maria Lopez',
      mentions: [
        { segmentId: segmentId(meetingId, 'main', 0), text: 'Maria', start: 0, end: 5 },
        { segmentId: segmentId(meetingId, 'main', 1), text: 'Maria Lopez' },
      ],
    });
    const { items } = await insights('?limit=1');
    expect(items[0]?.entities[0]).toMatchObject({ text: 'Maria', refersTo: 'person:maria-lopez' });
    expect(nlu.told[0]?.data.insight.entities[0]?.refersTo).toBeUndefined();
    // As notes-only takes the words out.
    await nlu.sql(`UPDATE nlu.insights SET entities = '[]' WHERE meeting_id = $1`, [meetingId]);
    expect(await entities()).toEqual([]);
    await nlu.publish(erased(meetingId));
    const gone = await fetch(`${nlu.url}/v1/meetings/${meetingId}/entities`);
    expect(gone.status).toBe(404);
  });

  it('lists the insights of a meeting in the order of speaking, page by page', async () => {
    for (const utterance of [2, 0, 1]) {
      await nlu.publish(spoken(final(meetingId, utterance, `This is number ${utterance}.`)));
    }
    await nlu.toldOf(3);
    const first = await insights('?limit=2');
    const second = await insights(`?limit=2&cursor=${first.nextCursor ?? ''}`);
    expect([...first.items, ...second.items].map(({ segmentId: id }) => id)).toEqual(
      [0, 1, 2].map((utterance) => segmentId(meetingId, 'main', utterance)),
    );
    expect(second.nextCursor).toBeNull();
  });

  it('forgets a meeting that is erased, also when all its events come again afterwards', async () => {
    const said = spoken(final(meetingId, 0, 'Okay, sounds good.'));
    await nlu.publish(said);
    await nlu.toldOf(1);
    await nlu.publish(erased(meetingId));
    nlu.arrange(meetingId, true);
    await nlu.publish(started(meetingId));
    await nlu.publish(said, spoken(final(meetingId, 1, 'See you on Friday.')));
    expect(await isKnown(meetingId)).toBe(false);
    expect(nlu.told).toHaveLength(1);
  });

  it('keeps of a notes-only meeting neither names nor who spoke when, also when a segment comes late', async () => {
    await nlu.publish(spoken(final(meetingId, 0, 'Could Maria send the report?')));
    await nlu.publish(reduced(meetingId));
    await nlu.publish(spoken(final(meetingId, 1, 'Yes, she will.')));
    const { items } = await insights();
    expect(items).toMatchObject([{ intent: 'question', entities: [], topics: [] }]);
    expect(await nlu.sql('SELECT 1 FROM nlu.carried WHERE meeting_id = $1', [meetingId])).toEqual(
      [],
    );
  });

  it('keeps nothing of a meeting whose erasure is the first that is heard of it', async () => {
    const unheard = newId<MeetingId>();
    nlu.arrange(unheard, false);
    await nlu.publish(erased(unheard));
    await nlu.publish(started(unheard));
    expect(await isKnown(unheard)).toBe(false);
  });

  it('changes and tells nothing when a whole meeting is sent again in another order', async () => {
    const segment = final(meetingId, 0, 'We ship the report.');
    const day = [
      started(meetingId),
      spoken(segment),
      spoken({ ...segment, revision: 1, text: "I'll ship the report." }),
      spoken(final(meetingId, 1, 'Who owns the deployment checklist?')),
    ];
    for (const event of day) await nlu.publish(event);
    await nlu.toldOf(3);
    const before = await insights();
    for (const event of [...day].reverse()) await nlu.publish(event);
    expect(await insights()).toEqual(before);
    expect(nlu.told).toHaveLength(3);
  });

  it('answers what a text means without keeping it', async () => {
    const response = await analyse({
      text: 'can we meet next Tuesday at ten',
      at: '2026-11-20T09:00:00Z',
      timeZone: 'Europe/Berlin',
    });
    expect(response.status).toBe(200);
    expect((await response.json()) as Analysis).toMatchObject({
      intent: 'scheduling',
      entities: [{ type: 'date', value: '2026-11-24T10:00:00+01:00' }],
    });
  });

  it.each([
    ['a text that is too long', { text: 'a'.repeat(10_001) }],
    ['no text', {}],
    ['a time zone that is none', { text: 'tomorrow', timeZone: 'Mars/Olympus' }],
    ['a time that is none', { text: 'tomorrow', at: 'yesterday' }],
  ])('refuses %s', async (_, body) => {
    const response = await analyse(body);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      type: 'https://parley.dev/problems/validation-failed',
    });
  });

  it('refuses a cursor of somebody else', async () => {
    const response = await fetch(`${nlu.url}/v1/meetings/${meetingId}/insights?cursor=bogus`);
    expect(response.status).toBe(400);
  });

  it('asks ingestion about a meeting whose segment comes before its start', async () => {
    const early = newId<MeetingId>();
    nlu.arrange(early, true);
    await nlu.publish(spoken(final(early, 0, 'Maria sends it tomorrow.')));
    await nlu.toldOf(1);
    expect(nlu.told[0]?.data.insight.entities).toMatchObject([
      { text: 'Maria', value: 'Maria Lopez' },
      { text: 'tomorrow', value: '2026-11-24' },
    ]);
  });

  it('keeps nothing of a meeting that nobody knows, which is one that was erased', async () => {
    const unknown = newId<MeetingId>();
    nlu.arrange(unknown, false);
    await nlu.publish(spoken(final(unknown, 0, 'This was off the record.')));
    await nlu.publish(spoken(final(meetingId, 0, 'This was not.')));
    await nlu.toldOf(1);
    expect(nlu.told.map((event) => event.meetingId)).toEqual([meetingId]);
    const response = await fetch(`${nlu.url}/v1/meetings/${unknown}/insights`);
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({
      type: 'https://parley.dev/problems/meeting-not-found',
    });
  });
});
