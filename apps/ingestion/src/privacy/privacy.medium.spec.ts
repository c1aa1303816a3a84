import { embeddedBus } from '@parley/bus';
import { unwrap, type AudioSender, type TimelineEntry } from '@parley/client';
import { firstIdOf, makeEvent, newId, type Suggestion, type Summary } from '@parley/contracts';
import { setTimeout as wait } from 'node:timers/promises';
import { DataSource } from 'typeorm';
import { RetentionService } from '../erasures/retention.service';
import { RunningFeeds } from '../testing/running-feeds';

const BYTES_PER_MS = 32;
const DAY_MS = 24 * 3_600_000;
const noSections = { objectives: [], keyPoints: [], decisions: [], tasks: [], openQuestions: [] };
const drafted = {
  text: 'Write to them',
  arguments: {},
  confidence: 1,
  reasons: [],
  citations: [],
  engine: 'parley-rules-1',
  degraded: false,
};
const noLines = { sections: noSections, engine: 'extractive-1', degraded: true };

// Real: the service, its sockets and database. The bus is the embedded one; nobody listens, so that the audio stays.
describe('what may be kept of a meeting', () => {
  let feeds: RunningFeeds;
  const sql = <Row>(text: string, values: unknown[] = []): Promise<Row[]> =>
    feeds.app.get(DataSource, { strict: false }).query(text, values);

  beforeAll(async () => {
    feeds = await RunningFeeds.start();
  });

  afterAll(async () => {
    await feeds.stop();
  });

  const path = (id: string) => ({ params: { path: { id } } });
  const created = (body: object) =>
    unwrap(feeds.client.ingestion.POST('/v1/meetings', { body: { title: 'Talk', ...body } }));
  const switchTo = (id: string, privacyMode: 'transcript' | 'off-the-record') =>
    unwrap(
      feeds.client.ingestion.PATCH('/v1/meetings/{id}', { ...path(id), body: { privacyMode } }),
    );
  const coverage = (id: string) =>
    unwrap(feeds.client.ingestion.GET('/v1/meetings/{id}/coverage', path(id)));
  const logged = async (id: string) => {
    const read = { waitMs: 0, limit: 1_000 };
    const entries = (await embeddedBus()?.audioLog.read(id, null, read)) ?? [];
    return entries.map(({ entry }) => entry);
  };
  const loggedMs = async (id: string, channel: string) =>
    (await logged(id))
      .flatMap((entry) => (entry.kind === 'audio' && entry.channel === channel ? [entry.pcm] : []))
      .reduce((sum, pcm) => sum + pcm.length / BYTES_PER_MS, 0);

  async function say(sender: AudioSender, ms: number): Promise<void> {
    const untilMs = sender.durableMs + ms;
    await sender.send(Buffer.alloc(ms * BYTES_PER_MS, 1));
    while (sender.durableMs < untilMs) await wait(5);
  }

  it('is nothing of what is said while it is off the record, and all of what is said around it', async () => {
    const { id } = await created({});
    const sender = await feeds.client.sendAudio(id);
    await say(sender, 1_000);
    await switchTo(id, 'off-the-record');
    await say(sender, 500);
    await switchTo(id, 'transcript');
    await say(sender, 300);
    await sender.stop();
    expect(await loggedMs(id, 'main')).toBe(1_300);
    expect((await logged(id)).filter(({ kind }) => kind === 'gap')).toEqual([
      { kind: 'gap', channel: 'main', startMs: 1_000, endMs: 1_500 },
    ]);
    const { withheldMs, totalMs, spans } = await coverage(id);
    expect({ withheldMs, totalMs }).toEqual({ withheldMs: 500, totalMs: 1_800 });
    expect(spans).toContainEqual({
      channel: 'main',
      startMs: 1_000,
      endMs: 1_500,
      state: 'withheld',
    });
  });

  it('is told to its viewers when it changes', async () => {
    const { id } = await created({});
    await switchTo(id, 'off-the-record');
    await switchTo(id, 'off-the-record');
    await switchTo(id, 'transcript');
    const [off, on] = await feeds.read(id, 'sse', 2);
    const modeOf = (entry?: TimelineEntry) => [entry?.type, entry?.data];
    expect(modeOf(off)).toMatchObject(['privacy', { privacyMode: 'off-the-record' }]);
    expect(modeOf(on)).toMatchObject(['privacy', { privacyMode: 'transcript' }]);
  });

  it('is told to nobody of a meeting that begins off the record, and its shell goes at its end', async () => {
    const { id } = await created({
      privacyMode: 'off-the-record',
      participants: [{ name: 'Ann' }],
    });
    const sender = await feeds.client.sendAudio(id);
    await say(sender, 200);
    const about = `SELECT 1 FROM ingestion.outbox WHERE envelope->>'meetingId' = $1`;
    expect(await sql(about, [id])).toEqual([]);
    expect(await loggedMs(id, 'main')).toBe(0);
    await sender.stop();
    await feeds.client.ingestion.POST('/v1/meetings/{id}/end', path(id));
    const gone = async () =>
      (await feeds.client.ingestion.GET('/v1/meetings/{id}', path(id))).response.status === 404;
    while (!(await gone())) await wait(10);
    const { items } = await unwrap(feeds.client.ingestion.GET('/v1/erasures'));
    expect(items.map(({ receipt }) => [receipt.meetingId, receipt.reason])).toContainEqual([
      id,
      'off-the-record',
    ]);
  });

  it('is told to the others once it goes on the record', async () => {
    const { id } = await created({ privacyMode: 'off-the-record' });
    const sender = await feeds.client.sendAudio(id);
    await say(sender, 100);
    await switchTo(id, 'transcript');
    await say(sender, 100);
    await sender.stop();
    const told = await sql<{ type: string }>(
      `SELECT envelope->>'type' AS type FROM ingestion.outbox
       WHERE envelope->>'meetingId' = $1 ORDER BY position`,
      [id],
    );
    expect(told.map(({ type }) => type)).toEqual(['meeting.started', 'audio.session.opened']);
    expect(await loggedMs(id, 'main')).toBe(100);
  });

  it('is nothing more of who withdraws, from that millisecond on, and of the others everything', async () => {
    const { id, participants } = await created({
      participants: [
        { name: 'Ann', channel: 'ann' },
        { name: 'Bob', channel: 'bob' },
      ],
    });
    const participantId = participants[0]?.id ?? '';
    expect(participants[0]?.consent).toBe('unknown');
    const consent = (word: 'granted' | 'declined') =>
      unwrap(
        feeds.client.ingestion.PUT('/v1/meetings/{id}/participants/{participantId}/consent', {
          params: { path: { id, participantId } },
          body: { consent: word, method: 'spoken' },
        }),
      );
    const [ann, bob] = await Promise.all([
      feeds.client.sendAudio(id, { channel: 'ann' }),
      feeds.client.sendAudio(id, { channel: 'bob' }),
    ]);
    await consent('granted');
    await Promise.all([say(ann, 400), say(bob, 400)]);
    expect(await consent('declined')).toMatchObject({ name: 'Ann', consent: 'declined' });
    await Promise.all([say(ann, 600), say(bob, 600)]);
    await Promise.all([ann.stop(), bob.stop()]);
    expect([await loggedMs(id, 'ann'), await loggedMs(id, 'bob')]).toEqual([400, 1_000]);
    const { items } = await unwrap(
      feeds.client.ingestion.GET('/v1/meetings/{id}/consents', path(id)),
    );
    expect(items.map((one) => [one.participantId, one.consent, one.method])).toEqual([
      [participantId, 'granted', 'spoken'],
      [participantId, 'declined', 'spoken'],
    ]);
  });

  it('is nothing of a channel that several share once one of them has declined', async () => {
    const { id, participants } = await created({
      participants: [{ name: 'Ann' }, { name: 'Bob' }],
    });
    await unwrap(
      feeds.client.ingestion.PUT('/v1/meetings/{id}/participants/{participantId}/consent', {
        params: { path: { id, participantId: participants[1]?.id ?? '' } },
        body: { consent: 'declined', method: 'written' },
      }),
    );
    const sender = await feeds.client.sendAudio(id);
    await say(sender, 300);
    await sender.stop();
    expect(await loggedMs(id, 'main')).toBe(0);
    expect((await coverage(id)).withheldMs).toBe(300);
  });

  it('can be changed by nobody once it is over, but for its title', async () => {
    const { id } = await created({});
    await feeds.client.ingestion.POST('/v1/meetings/{id}/end', path(id));
    await expect(switchTo(id, 'off-the-record')).rejects.toMatchObject({ code: 'meeting-ended' });
    const body = { title: 'A better name' };
    const renamed = feeds.client.ingestion.PATCH('/v1/meetings/{id}', { ...path(id), body });
    expect(await unwrap(renamed)).toMatchObject({ title: 'A better name', status: 'ended' });
  });

  it('is every word until asr has heard every channel and the summary has all of it, however early one is written', async () => {
    const { id: meetingId } = await created({ privacyMode: 'notes-only' });
    const sender = await feeds.client.sendAudio(meetingId);
    await say(sender, 200);
    await sender.stop();
    await feeds.client.ingestion.POST('/v1/meetings/{id}/end', path(meetingId));
    const summed = (version: number, awaits: Pick<Summary, 'awaitedChannels'> = {}) => {
      const summary = { meetingId, version, status: 'final', ...noLines, ...awaits } as Summary;
      return embeddedBus()?.bus.publish(
        makeEvent('summary.updated', { version, summary }, { meetingId }),
      );
    };
    const begun = () =>
      sql(`SELECT 1 FROM ingestion.reductions WHERE meeting_id = $1`, [meetingId]);
    await summed(1);
    expect(await begun()).toEqual([]);
    const completed = { channel: 'main', lastMs: 200, finals: 0 };
    await embeddedBus()?.bus.publish(makeEvent('transcript.completed', completed, { meetingId }));
    await summed(2, { awaitedChannels: ['main'] });
    expect(await begun()).toEqual([]);
    await summed(3);
    expect(await begun()).toHaveLength(1);
    const summaries = `SELECT data->>'version' AS version FROM ingestion.timeline_entries
      WHERE meeting_id = $1 AND type = 'summary'`;
    while ((await sql(summaries, [meetingId])).length > 1) await wait(10);
    expect(await sql(summaries, [meetingId])).toEqual([{ version: '3' }]);
  });

  it('is no suggestion in spoken words that comes when the others are gone', async () => {
    const { id: meetingId } = await created({ privacyMode: 'notes-only' });
    await sql(`INSERT INTO ingestion.reduced_meetings (meeting_id) VALUES ($1)`, [meetingId]);
    const suggest = (kind: string, status: string) => {
      const suggestion = { ...drafted, id: newId(), meetingId, kind, status } as Suggestion;
      const type = status === 'pending' ? 'suggestion.created' : 'suggestion.decided';
      return embeddedBus()?.bus.publish(makeEvent(type, { suggestion }, { meetingId }));
    };
    await suggest('email', 'pending');
    await suggest('email', 'expired');
    await suggest('email', 'approved');
    await suggest('task', 'pending');
    const kept = await sql<{ is: string }>(
      `SELECT data->>'kind' || ' ' || (data->>'status') AS is FROM ingestion.timeline_entries
       WHERE meeting_id = $1 ORDER BY cursor`,
      [meetingId],
    );
    expect(kept.map(({ is }) => is)).toEqual(['email approved', 'task pending']);
  });

  it('stays as it is where a change says null', async () => {
    const { id, title } = await created({});
    const answer = await fetch(`${feeds.url}/v1/meetings/${id}`, {
      method: 'PATCH',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ title: null, privacyMode: null }),
    });
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({ title, privacyMode: 'transcript' });
  });

  it('is nothing after RETENTION_DAYS, counted from when it was made', async () => {
    const { id: young } = await created({ startedAt: '2001-02-03T04:05:06Z' });
    const { id: made } = await created({});
    const old = firstIdOf(new Date(Date.now() - 31 * DAY_MS));
    await sql(`UPDATE ingestion.meetings SET id = $2 WHERE id = $1`, [made, old]);
    await feeds.app.get(RetentionService, { strict: false }).eraseOld();
    const status = async (id: string) =>
      (await feeds.client.ingestion.GET('/v1/meetings/{id}', path(id))).response.status;
    expect([await status(old), await status(young)]).toEqual([404, 200]);
    const { items } = await unwrap(feeds.client.ingestion.GET('/v1/erasures'));
    expect(items.find(({ receipt }) => receipt.meetingId === old)?.receipt.reason).toBe(
      'retention',
    );
  });
});
