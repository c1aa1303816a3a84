import { setTimeout as wait } from 'node:timers/promises';
import type { CaptionEntry } from '@parley/bus';
import { embeddedBus } from '@parley/bus';
import { makeEvent, newId, type Segment } from '@parley/contracts';
import { ListeningService } from '../sessions/listening.service';
import { RunningAsr } from '../testing/running-asr';

const ANN = { id: 'p-ann', name: 'Ann', participantId: 'p-ann' };
const BEN = { id: 'named-ben', name: 'Ben' };
const CHANNEL = 'captions';

// Real: Postgres, the service. In memory: the bus and the log that captions come through.
describe('captions', () => {
  let asr: RunningAsr;
  let meetingId: string;
  let clock = 1_700_000_000_000;

  beforeAll(async () => {
    // One place, which captions do not take.
    asr = await RunningAsr.start({ ASR_MAX_MEETINGS: '1' });
  }, 60_000);

  afterAll(() => asr.stop());

  beforeEach(async () => {
    meetingId = newId();
    await asr.announce(meetingId, CHANNEL, 'en', null, { source: 'captions' });
  });

  function caption(id: string, text: string, more: Partial<CaptionEntry> = {}): CaptionEntry {
    const said = { startMs: 1_000, endMs: 3_000, at: (clock += 1_000), speaker: ANN };
    return { kind: 'caption', channel: CHANNEL, id, text, ...said, ...more };
  }

  const say = (...entries: CaptionEntry[]) =>
    Promise.all(entries.map((entry) => asr.log.append(meetingId, entry)));
  const told = (count: number) => asr.until(() => asr.finals(meetingId).length >= count);
  const end = () => asr.end(meetingId, CHANNEL, 0);
  /** The log keeps nothing of them; it is trimmed behind what is told. */
  const trimmed = async () => {
    while ((await asr.log.heldBytes(meetingId, CHANNEL)) > 0) await wait(10);
  };
  const transcript = async () => (await asr.transcript(meetingId)).items;
  const patch = async ({ id }: Pick<Segment, 'id'>, body: object) => {
    const path = `v1/meetings/${meetingId}/transcript/${encodeURIComponent(id)}`;
    const headers = { 'content-type': 'application/json' };
    const sent = { method: 'PATCH', headers, body: JSON.stringify(body) };
    expect((await fetch(`${asr.url}/${path}`, sent)).status).toBe(200);
  };

  it('become segments as they are, with words whose times are said to be estimated', async () => {
    await say(caption('1', 'We ship on Friday.'), caption('2', 'Fine.', { speaker: null }));
    await end();
    const [first, second] = await transcript();
    expect(first).toMatchObject({
      id: `${meetingId}:captions:0`,
      channel: CHANNEL,
      speaker: ANN,
      startMs: 1_000,
      endMs: 3_000,
      text: 'We ship on Friday.',
      final: true,
      revision: 0,
      engine: 'captions',
      degraded: false,
    });
    expect(first?.words?.map(({ text }) => text)).toEqual(['We', 'ship', 'on', 'Friday.']);
    expect(first?.words?.every(({ estimated }) => estimated)).toBe(true);
    expect(first).not.toHaveProperty('confidence');
    expect(second).toMatchObject({ id: `${meetingId}:captions:1`, speaker: null });
    expect(asr.finals(meetingId)).toEqual([first, second]);
    const completed = { channel: CHANNEL, lastMs: 3_000, finals: 2 };
    expect(asr.of(meetingId).at(-1)).toMatchObject({ data: completed });
    // Nothing was heard, and nothing is claimed to have been.
    expect(asr.spansOf(meetingId, CHANNEL)).toEqual([]);
  });

  it('count once, however often they come, and also after a restart', async () => {
    const one = caption('1', 'We ship on Friday.');
    await say(one, one, { ...one, at: one.at + 1 });
    await told(1);
    await asr.restart(() => say(one, caption('2', 'Fine.', { startMs: 4_000, endMs: 4_500 })));
    await end();
    expect((await transcript()).map(({ id, text, revision }) => [id, text, revision])).toEqual([
      [`${meetingId}:captions:0`, 'We ship on Friday.', 0],
      [`${meetingId}:captions:1`, 'Fine.', 0],
    ]);
    expect(asr.finals(meetingId)).toHaveLength(2);
    await trimmed();
  });

  it('are corrected by the same id, in a new revision, and not by an older word', async () => {
    const first = caption('1', 'We sip on Friday.');
    await say(first, caption('1', 'We ship on Friday.', { speaker: BEN, endMs: 3_500 }), first);
    await end();
    const items = await transcript();
    expect(items).toHaveLength(1);
    const corrected = { revision: 1, text: 'We ship on Friday.', speaker: BEN, endMs: 3_500 };
    expect(items[0]).toMatchObject(corrected);
    expect(asr.finals(meetingId).map(({ revision }) => revision)).toEqual([0, 1]);
  });

  it('do not write over what a person wrote', async () => {
    await say(caption('1', 'We sip on Friday.'));
    await told(1);
    const [heard] = await transcript();
    await patch(heard ?? { id: '' }, { text: 'We ship on Monday.' });
    await say(caption('1', 'We shop on Friday.'));
    await end();
    const items = await transcript();
    expect(items[0]).toMatchObject({ text: 'We ship on Monday.', engine: 'person', revision: 1 });
  });

  it('leave the speaker whom a person named, also when they come again', async () => {
    await say(caption('1', 'Hello.'), caption('2', 'Goodbye.', { speaker: BEN }));
    await told(2);
    const [first] = await transcript();
    await patch(first ?? { id: '' }, { speakerId: BEN.id });
    await say(caption('1', 'Hello.'), caption('1', 'Hello there.'));
    await end();
    const [corrected] = await transcript();
    expect(corrected).toMatchObject({ text: 'Hello there.', speaker: BEN, revision: 2 });
  });

  it('may say another speaker than before, also where that one was merged', async () => {
    const cid = { id: 'named-cid', name: 'Cid' };
    await say(caption('1', 'Hello.', { speaker: BEN }), caption('2', 'Goodbye.'));
    await told(2);
    const merged = await fetch(`${asr.url}/v1/meetings/${meetingId}/speakers/${BEN.id}/merge`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ into: ANN.id }),
    });
    expect(merged.status).toBe(200);
    await say(caption('1', 'Hello.', { speaker: cid }));
    await end();
    expect((await transcript())[0]).toMatchObject({ speaker: cid });
  });

  it('are left out alone where the database cannot hold them', async () => {
    const bad = caption('2', 'a\u0000b');
    await say(caption('1', 'We ship on Friday.'), bad, caption('3', 'Fine.'));
    await end();
    expect((await transcript()).map(({ id, text }) => [id, text])).toEqual([
      [`${meetingId}:captions:0`, 'We ship on Friday.'],
      [`${meetingId}:captions:1`, 'Fine.'],
    ]);
    await trimmed();
  });

  it('are written in their order, many at once, each correction behind what it corrects', async () => {
    const ids = Array.from({ length: 130 }, (_, at) => String(at));
    await say(...ids.map((id) => caption(id, `Line ${id}.`)), caption('129', 'Line last.'));
    await end();
    const finals = asr.finals(meetingId);
    expect(finals.map(({ text }) => text)).toEqual([
      ...ids.map((id) => `Line ${id}.`),
      'Line last.',
    ]);
    expect(finals.at(-1)).toMatchObject({ id: `${meetingId}:captions:129`, revision: 1 });
    await trimmed();
  });

  it('are of whoever their speaker has turned out to be', async () => {
    await say(caption('1', 'Hello.', { speaker: BEN }));
    await told(1);
    const renamed = await fetch(`${asr.url}/v1/meetings/${meetingId}/speakers/${BEN.id}`, {
      method: 'PATCH',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'Benjamin' }),
    });
    expect(renamed.status).toBe(200);
    await say(caption('2', 'Goodbye.', { speaker: BEN, startMs: 4_000, endMs: 5_000 }));
    await end();
    const names = (await transcript()).map(({ speaker }) => speaker?.name);
    expect(names).toEqual(['Benjamin', 'Benjamin']);
  });

  it('lose personal data before they are written, where that is wanted', async () => {
    meetingId = newId();
    const redacts = { redactPersonalData: true };
    await asr.begin(meetingId, redacts);
    await asr.announce(meetingId, CHANNEL, 'en', null, { source: 'captions', ...redacts });
    const speaker = { id: 'named-x', name: 'Ann ann@example.org' };
    await say(caption('1', 'Write to ann@example.org today.', { speaker }));
    await end();
    const [segment] = await transcript();
    expect(segment?.text).toBe('Write to [email] today.');
    expect(segment?.speaker?.name).toBe('Ann [email]');
    expect(segment?.words?.map(({ text }) => text)).toContain('[email]');
    expect(JSON.stringify(asr.of(meetingId))).not.toContain('example.org');
  });

  it('lose names of people before they are written, where that is wanted', async () => {
    meetingId = newId();
    const redacts = { redactNames: true };
    await asr.begin(meetingId, {
      ...redacts,
      participants: [{ id: ANN.id, name: ANN.name, consent: 'unknown' }],
    });
    await asr.announce(meetingId, CHANNEL, 'en', null, { source: 'captions', ...redacts });
    const zeno = { id: 'named-zeno', name: 'Qwenthe Zeno' };
    await say(
      caption('1', 'I asked Sanjay.', { speaker: zeno }),
      caption('2', 'We ship it as qwenthe wants, says ann.', { startMs: 4_000, endMs: 5_000 }),
    );
    await end();
    const [first, second] = await transcript();
    expect(first?.text).toBe('I asked [name].');
    expect(first?.speaker).toEqual({ id: zeno.id, name: 'Speaker 1' });
    expect(second?.text).toBe('We ship it as [name] wants, says [name].');
    expect(second?.speaker).toEqual(ANN);
    await patch({ id: first?.id ?? '' }, { text: 'As Ann and Zeno said, Kevin Murphy wants it.' });
    const [corrected] = await transcript();
    expect(corrected?.text).toBe('As [name] and [name] said, [name] wants it.');
    expect(JSON.stringify(asr.of(meetingId))).not.toMatch(/qwenthe|sanjay|murphy/i);
  });

  it('are dropped of a meeting whose words may not be kept any more', async () => {
    const reducedAt = new Date().toISOString();
    await embeddedBus()?.bus.publish(makeEvent('meeting.reduced', { reducedAt }, { meetingId }));
    await say(caption('1', 'We ship on Friday.'));
    await end();
    expect(await transcript()).toEqual([]);
    expect(asr.finals(meetingId)).toEqual([]);
    await trimmed();
  });

  it('wait for no place, and take none, also after a restart', async () => {
    const listening = () => asr.app.get(ListeningService, { strict: false });
    const bothHeard = async () => {
      while (![audible, meetingId].every((id) => listening().meetingIds.includes(id))) {
        await wait(10);
      }
    };
    const audible = newId();
    await asr.announce(audible, 'main');
    // Of a later id: meetings are taken in their order.
    meetingId = newId();
    await asr.announce(meetingId, CHANNEL, 'en', null, { source: 'captions' });
    await say(caption('1', 'We ship on Friday.'));
    await told(1);
    await bothHeard();
    expect(listening().meetings).toBe(1);
    await asr.restart(() => Promise.resolve());
    await bothHeard();
    expect(listening().meetings).toBe(1);
    await asr.end(audible, 'main', 0);
    await end();
  });

  it('are complete once the meeting has ended, though nobody said so', async () => {
    await say(caption('1', 'We ship on Friday.'));
    await asr.ended(meetingId);
    await asr.completed(meetingId, CHANNEL);
    expect(await transcript()).toHaveLength(1);
  });
});
