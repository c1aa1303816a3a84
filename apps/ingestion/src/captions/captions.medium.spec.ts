import { embeddedBus, type CaptionEntry } from '@parley/bus';
import { unwrap } from '@parley/client';
import { newId, toVtt } from '@parley/contracts';
import { setTimeout as wait } from 'node:timers/promises';
import { DataSource } from 'typeorm';
import { RunningFeeds } from '../testing/running-feeds';

type Body = Parameters<typeof JSON.stringify>[0];

// Real: the service, its socket and database. The bus is the embedded one; nobody listens, so that captions stay.
describe('captions on their way in', () => {
  let feeds: RunningFeeds;

  beforeAll(async () => {
    feeds = await RunningFeeds.start();
  });

  afterAll(async () => {
    await feeds.stop();
  });

  const path = (id: string) => ({ params: { path: { id } } });
  const created = async (body: object = {}) =>
    unwrap(feeds.client.ingestion.POST('/v1/meetings', { body: { title: 'Talk', ...body } }));
  const post = async (route: string, body: Body) => {
    const headers = { 'content-type': 'application/json' };
    const sent = { method: 'POST', headers, body: JSON.stringify(body) };
    const answer = await fetch(`${feeds.url}/v1/meetings/${route}`, sent);
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
  };
  const say = (id: string, ...utterances: object[]) => post(`${id}/utterances`, { utterances });
  const codeOf = ({ body }: { body: Record<string, unknown> }) =>
    String(body.type).split('/').at(-1);
  const logged = async (id: string): Promise<CaptionEntry[]> => {
    const read = { waitMs: 0, limit: 1_000 };
    const entries = (await embeddedBus()?.audioLog.read(id, null, read)) ?? [];
    return entries.flatMap(({ entry }) => (entry.kind === 'caption' ? [entry] : []));
  };
  const end = (id: string) => feeds.client.ingestion.POST('/v1/meetings/{id}/end', path(id));

  it('are taken once they are safe, with their speaker, times and id', async () => {
    const { id, participants } = await created({ participants: [{ name: 'Ann Lee' }] });
    const answer = await say(
      id,
      { id: '7', speaker: ' ann  LEE ', text: ' We ship on Friday. ', startMs: 500, endMs: 2_000 },
      { speaker: 'Ben', text: 'Fine.', startMs: 2_100 },
    );
    expect(answer).toEqual({
      status: 202,
      body: { channel: 'captions', accepted: 2, withheld: 0 },
    });
    const [first, second] = await logged(id);
    const ann = participants[0]?.id;
    expect(first).toMatchObject({
      channel: 'captions',
      id: '7',
      startMs: 500,
      endMs: 2_000,
      text: 'We ship on Friday.',
      speaker: { id: ann, name: 'Ann Lee', participantId: ann },
    });
    expect(second).toMatchObject({ startMs: 2_100, endMs: 2_500, speaker: { name: 'Ben' } });
    expect(second?.speaker).not.toHaveProperty('participantId');
  });

  it('are told of to asr before they come, as a channel of captions', async () => {
    const { id } = await created();
    await say(id, { text: 'Hello.' });
    const rows = await feeds.app.get(DataSource, { strict: false }).query<{ data: unknown }[]>(
      `SELECT envelope->'data' AS data FROM ingestion.outbox
         WHERE envelope->>'meetingId' = $1 AND envelope->>'type' = 'audio.session.opened'`,
      [id],
    );
    expect(rows).toEqual([
      { data: expect.objectContaining({ channel: 'captions', source: 'captions' }) as unknown },
    ]);
  });

  it('are no audio: the ledger of it knows nothing of them', async () => {
    const { id } = await created();
    await say(id, { text: 'Hello.' });
    const coverage = await unwrap(
      feeds.client.ingestion.GET('/v1/meetings/{id}/coverage', path(id)),
    );
    expect(coverage).toMatchObject({ totalMs: 0, channels: [] });
  });

  it('are dropped off the record, and said to be', async () => {
    const { id } = await created();
    const change = { ...path(id), body: { privacyMode: 'off-the-record' as const } };
    await unwrap(feeds.client.ingestion.PATCH('/v1/meetings/{id}', change));
    expect((await say(id, { text: 'Secret.' })).body).toMatchObject({ accepted: 0, withheld: 1 });
    expect(await logged(id)).toEqual([]);
  });

  it('are dropped where they say that they were said off the record, whenever they come', async () => {
    const startedAt = new Date(Date.now() - 3_600_000).toISOString();
    const { id } = await created({ startedAt });
    const switchTo = (privacyMode: 'transcript' | 'off-the-record') =>
      unwrap(
        feeds.client.ingestion.PATCH('/v1/meetings/{id}', { ...path(id), body: { privacyMode } }),
      );
    await switchTo('off-the-record');
    await switchTo('transcript');
    const hour = 3_600_000;
    const said = await say(
      id,
      { text: 'Before.', startMs: hour - 60_000, endMs: hour - 50_000 },
      { text: 'Within.', startMs: hour - 60_000, endMs: hour + 60_000 },
    );
    expect(said.body).toMatchObject({ accepted: 1, withheld: 1 });
    expect((await logged(id)).map(({ text }) => text)).toEqual(['Before.']);
  });

  it('are dropped of who declined, and of who may be them', async () => {
    const { id, participants } = await created({
      participants: [{ name: 'Ann' }, { name: 'Ben' }],
    });
    await unwrap(
      feeds.client.ingestion.PUT('/v1/meetings/{id}/participants/{participantId}/consent', {
        params: { path: { id, participantId: participants[1]?.id ?? '' } },
        body: { consent: 'declined', method: 'spoken' },
      }),
    );
    const said = await say(
      id,
      { speaker: 'Ann', text: 'Kept.' },
      { speaker: 'ben', text: 'Not kept.' },
      { speaker: 'Benjamin', text: 'Not kept either.' },
      { text: 'Nor this.' },
    );
    expect(said.body).toMatchObject({ accepted: 1, withheld: 3 });
    expect((await logged(id)).map(({ text }) => text)).toEqual(['Kept.']);
  });

  it.each([
    ['nothing', {}],
    ['an empty list', { utterances: [] }],
    ['no words', { utterances: [{ text: '  ' }] }],
    ['an end before the start', { utterances: [{ text: 'a', startMs: 2, endMs: 1 }] }],
    ['a time beyond a day', { utterances: [{ text: 'a', startMs: 86_400_001 }] }],
    ['one id twice', { utterances: [1, 2].map((nth) => ({ id: '7', text: `nth ${nth}` })) }],
    ['a list of nothing', { utterances: [null] }],
    ['more than 200', { utterances: Array.from({ length: 201 }, () => ({ text: 'a' })) }],
    ['a field that is not known', { utterances: [{ text: 'a', loud: true }] }],
  ])('are refused where they are %s', async (_what, body) => {
    const { id } = await created();
    const answer = await post(`${id}/utterances`, body);
    expect([answer.status, codeOf(answer)]).toEqual([400, 'validation-failed']);
    expect(await logged(id)).toEqual([]);
  });

  it('have to say when they were said in a meeting that began long ago', async () => {
    const { id } = await created({ startedAt: '2020-05-04T10:00:00Z' });
    expect((await say(id, { text: 'Then.' })).status).toBe(400);
    expect((await say(id, { text: 'Then.', startMs: 60_000 })).status).toBe(202);
  });

  it('and audio have each a channel of their own', async () => {
    const { id } = await created();
    const sender = await feeds.client.sendAudio(id, { channel: 'main' });
    await sender.stop();
    const onAudio = await post(`${id}/utterances`, {
      channel: 'main',
      utterances: [{ text: 'Hello.' }],
    });
    expect([onAudio.status, codeOf(onAudio)]).toEqual([409, 'conflict']);
    await say(id, { text: 'Hello.' });
    await expect(feeds.client.sendAudio(id, { channel: 'captions' })).rejects.toThrow(/captions/);
  });

  it('are not taken of a meeting that has ended or is unknown', async () => {
    const { id } = await created();
    await end(id);
    expect(codeOf(await say(id, { text: 'Late.' }))).toBe('meeting-ended');
    expect(codeOf(await say(newId(), { text: 'Lost.' }))).toBe('meeting-not-found');
  });

  it('end with their meeting', async () => {
    const { id } = await created();
    await say(id, { text: 'Hello.' });
    await end(id);
    const read = { waitMs: 0, limit: 10 };
    const isOver = async () =>
      ((await embeddedBus()?.audioLog.read(id, null, read)) ?? []).some(
        ({ entry }) => entry.kind === 'end' && entry.channel === 'captions',
      );
    while (!(await isOver())) await wait(10);
  });

  describe('in a file', () => {
    const vtt = toVtt([
      { startMs: 0, endMs: 2_000, text: 'We ship on Friday.', speaker: 'Ann' },
      { startMs: 2_000, endMs: 3_000, text: 'Fine.', speaker: 'Ben' },
    ]);

    it('come as JSON or as a form, and are the same each time', async () => {
      const { id } = await created({ startedAt: '2020-05-04T10:00:00Z' });
      const asJson = await post(`${id}/captions`, { text: vtt });
      expect(asJson).toMatchObject({ status: 202, body: { accepted: 2, withheld: 0 } });
      const form = new FormData();
      form.set('file', new Blob([vtt]), 'talk.vtt');
      const asForm = await fetch(`${feeds.url}/v1/meetings/${id}/captions`, {
        method: 'POST',
        body: form,
      });
      expect(asForm.status).toBe(202);
      const entries = await logged(id);
      const ids = entries.map(({ id: one }) => one);
      expect(new Set(ids).size).toBe(2);
      expect(ids.slice(2)).toEqual(ids.slice(0, 2));
      const other = await created({ startedAt: '2020-05-04T10:00:00Z' });
      await post(`${other.id}/captions`, { text: vtt });
      const elsewhere = (await logged(other.id)).map(({ id: one }) => one);
      expect(elsewhere.filter((one) => ids.includes(one))).toEqual([]);
      expect(entries[0]).toMatchObject({ startMs: 0, endMs: 2_000, speaker: { name: 'Ann' } });
    });

    it('takes nothing away of what another file said at the same time, or the same one twice', async () => {
      const { id } = await created();
      const said = [
        { startMs: 0, endMs: 1_000, text: 'Yes.' },
        { startMs: 0, endMs: 1_000, text: 'Yes.' },
      ];
      await post(`${id}/captions`, { text: toVtt(said) });
      await post(`${id}/captions`, { text: toVtt([{ startMs: 0, endMs: 1_000, text: 'No.' }]) });
      expect(new Set((await logged(id)).map(({ id: one }) => one)).size).toBe(3);
    });

    it.each([
      ['in another encoding', Buffer.from(vtt.replace('Fine', 'F\u00efne'), 'latin1')],
      ['with a NUL', Buffer.from(vtt.replace('Fine', 'F\0ne'))],
    ])('are refused where it is %s', async (_what, bytes) => {
      const { id } = await created();
      const form = new FormData();
      form.set('file', new Blob([new Uint8Array(bytes)]), 'talk.vtt');
      const url = `${feeds.url}/v1/meetings/${id}/captions`;
      expect((await fetch(url, { method: 'POST', body: form })).status).toBe(400);
      expect(await logged(id)).toEqual([]);
    });

    it.each([
      ['no file', {}, 400],
      ['no subtitles', { text: 'A letter.' }, 400],
      ['more than 20,000 cues', { text: '00:01.000 --> 00:02.000\na\n\n'.repeat(20_001) }, 400],
      ['5 MB of them', { text: 'a'.repeat(5_000_000) }, 413],
      ['a cue that ends before it starts', { text: '00:02.000 --> 00:01.000\nNo' }, 400],
      ['a cue after a day', { text: '25:00:00.000 --> 25:00:01.000\nNo' }, 400],
      ['a cue of 6,000 characters', { text: `00:01.000 --> 00:02.000\n${'a'.repeat(6_000)}` }, 400],
    ])('are refused where there is %s', async (_what, body, status) => {
      const { id } = await created();
      expect((await post(`${id}/captions`, body)).status).toBe(status);
      expect(await logged(id)).toEqual([]);
    });
  });
});
