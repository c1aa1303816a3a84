import { embeddedBus } from '@parley/bus';
import { unwrap } from '@parley/client';
import { makeEvent, type Segment, type Summary } from '@parley/contracts';
import { unzipSync } from 'fflate';
import { RunningFeeds } from '../testing/running-feeds';
import { segmentOf } from '../testing/segment-of';
import type { PersonInMeeting } from './person-in-meeting';

// Real: the service over HTTP, Postgres (embedded), the in-memory bus. The test speaks for asr and agent on the bus.
describe('the export of everything about a participant', () => {
  let feeds: RunningFeeds;

  beforeAll(async () => {
    feeds = await RunningFeeds.start();
  }, 60_000);

  afterAll(async () => {
    await feeds.stop();
  });

  /** Ann and Ben speak a line each; Ann has a task and said yes. */
  async function heldMeeting(title: string, email = 'ann@example.com'): Promise<string> {
    const meeting = await unwrap(
      feeds.client.ingestion.POST('/v1/meetings', {
        body: { title, participants: [{ name: 'Ann Lee', email }, { name: 'Ben' }] },
      }),
    );
    const { id } = meeting;
    const [ann] = meeting.participants;
    const path = { id, participantId: ann?.id ?? '' };
    await unwrap(
      feeds.client.ingestion.PUT('/v1/meetings/{id}/participants/{participantId}/consent', {
        params: { path },
        body: { consent: 'granted', method: 'spoken' },
      }),
    );
    await say(id, 0, 'I shall send it.', {
      id: 's1',
      name: 'Ann',
      participantId: path.participantId,
    });
    await say(id, 1, 'Nobody asked Ben.', { id: 's2', name: 'Ben' });
    await say(id, 2, 'By Friday.', { id: 's3', name: 'ann lee' });
    const data = { version: 1, summary: summaryOf(id) };
    await embeddedBus()?.bus.publish(makeEvent('summary.updated', data, { meetingId: id }));
    return id;
  }

  async function say(
    id: string,
    ordinal: number,
    text: string,
    speaker: Segment['speaker'],
  ): Promise<void> {
    const segment = { ...segmentOf(id, ordinal, text), speaker };
    const event = makeEvent('transcript.final', { segment }, { meetingId: id });
    await embeddedBus()?.bus.publish(event);
  }

  function ask(person: object): Promise<Response> {
    return fetch(`${feeds.url}/v1/participants/export`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(person),
    });
  }

  async function exported(person: object): Promise<Record<string, unknown>> {
    const response = await ask(person);
    expect([response.status, response.headers.get('content-type')]).toEqual([
      200,
      'application/zip',
    ]);
    const entries = Object.entries(unzipSync(new Uint8Array(await response.arrayBuffer())));
    return Object.fromEntries(
      entries.map(([name, bytes]) => [name, JSON.parse(Buffer.from(bytes).toString()) as unknown]),
    );
  }

  const meetingsIn = (files: Record<string, unknown>): PersonInMeeting[] =>
    Object.entries(files)
      .filter(([name]) => name.endsWith('/person.json'))
      .map(([, content]) => content as PersonInMeeting);

  it('holds what they said in every meeting, their consents and their tasks, and nothing of others', async () => {
    const ids = [await heldMeeting('First'), await heldMeeting('Second', 'Ann@Example.com')];
    await heldMeeting('Of another Ann', 'other@example.com');
    const files = await exported({ email: 'ANN@example.com' });
    const meetings = meetingsIn(files);
    expect(meetings.map(({ meeting }) => meeting.id)).toEqual(ids);
    for (const one of meetings) {
      expect(one.said.map(({ text }) => text)).toEqual(['I shall send it.', 'By Friday.']);
      expect(one.consents).toMatchObject([{ consent: 'granted', method: 'spoken' }]);
      expect(one.tasks.map(({ text }) => text)).toEqual(['Send it']);
    }
    expect(JSON.stringify(files)).not.toContain('Nobody asked Ben');
    expect((files['manifest.json'] as { files: object[] }).files).toHaveLength(2);
  });

  it('goes by a name, too, also of a speaker who is in no list, in more meetings than are looked up at once', async () => {
    const MEETINGS = 23;
    for (let nth = 0; nth < MEETINGS; nth += 1) {
      const id = await feeds.newMeeting();
      await say(id, 0, `Visit ${nth}`, { id: 's1', name: 'Zoë' });
    }
    const meetings = meetingsIn(await exported({ name: ' zoë ' }));
    expect(meetings.flatMap(({ said }) => said.map(({ text }) => text))).toEqual(
      Array.from({ length: MEETINGS }, (_, nth) => `Visit ${nth}`),
    );
  });

  it('is in the audit log, without whom it was about', async () => {
    await heldMeeting('Of the logged one', 'logged@example.com');
    const exports = async (): Promise<unknown[]> => {
      const { items } = await unwrap(feeds.client.ingestion.GET('/v1/audit'));
      return items.filter(({ action }) => action === 'participant.exported');
    };
    const before = await exports();
    await exported({ email: 'logged@example.com' });
    let after = await exports();
    while (after.length === before.length) after = await exports();
    expect(after[0]).toMatchObject({ details: { by: 'email' } });
    expect(JSON.stringify(after)).not.toContain('logged@example.com');
  });

  it('is refused for somebody whom nobody knows, and when it is not said who', async () => {
    expect((await ask({ email: 'nobody@example.com' })).status).toBe(404);
    expect((await ask({})).status).toBe(400);
    expect((await ask({ name: 'Ann', email: 'ann@example.com' })).status).toBe(400);
  });
});

function summaryOf(meetingId: string): Summary {
  const task = (id: string, text: string, owner: string) => ({
    ...{ id, text, owner },
    ...{ citations: [], supported: true },
  });
  const tasks = [task('1', 'Send it', 'Ann'), task('2', 'Wait', 'Ben')];
  const sections = { objectives: [], keyPoints: [], decisions: [], tasks, openQuestions: [] };
  return { meetingId, version: 1, status: 'rolling', sections, engine: 'test', degraded: false };
}
