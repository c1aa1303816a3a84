import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BYTES_PER_MS, decodeAudio } from '@parley/audio';
import { embeddedBus, type StoredAudioEntry } from '@parley/bus';
import { unwrap } from '@parley/client';
import { PROJECT_ROOT } from '@parley/config';
import type { Coverage } from '@parley/contracts';
import { WebSocket } from 'ws';
import { RunningFeeds } from '../testing/running-feeds';

const START = { type: 'start', encoding: 'opus', sender: 'a-sender-of-opus-1' };
const PART_BYTES = 1_500;

// Real: the service, its audio socket and decoder, Postgres. The bus is in memory, and asr is not there.
describe('Opus on the audio socket', () => {
  let running: RunningFeeds;

  beforeAll(async () => {
    running = await RunningFeeds.start();
  }, 60_000);

  afterAll(async () => {
    await running.stop();
  });

  const path = (name: string): string => join(PROJECT_ROOT, 'libs/audio/src/fixtures', name);
  const file = (name: string): Buffer => readFileSync(path(name));

  async function coverage(id: string): Promise<Coverage> {
    const params = { path: { id } };
    return unwrap(running.client.ingestion.GET('/v1/meetings/{id}/coverage', { params }));
  }

  interface Told {
    type: string;
    resumeFrom?: number;
    offsetMs?: number;
    durationMs?: number;
    brokenOff?: boolean;
    problem?: { type: string; detail: string };
  }

  /** A sender that has said `start`. */
  async function opened(id: string, start: object = START) {
    const socket = new WebSocket(`${running.url.replace('http', 'ws')}/v1/meetings/${id}/audio`);
    const told: Told[] = [];
    const waiting: (() => void)[] = [];
    socket.on('message', (data: Buffer) => {
      told.push(JSON.parse(data.toString('utf8')) as Told);
      for (const wake of waiting.splice(0)) wake();
    });
    const closed = new Promise<number>((resolve) => socket.once('close', resolve));
    const until = async (wanted: (one: Told) => boolean): Promise<Told> => {
      for (;;) {
        const found = told.find(wanted);
        if (found) return found;
        await new Promise<void>((resolve) => waiting.push(resolve));
      }
    };
    await once(socket, 'open');
    const say = (message: object): void => {
      socket.send(JSON.stringify(message));
    };
    const send = (bytes: Buffer): void => {
      for (let at = 0; at < bytes.length; at += PART_BYTES) {
        socket.send(bytes.subarray(at, at + PART_BYTES));
      }
    };
    say(start);
    return { socket, told, until, closed, say, send };
  }

  /** All that is in the log of a meeting: samples, at the milliseconds where they stand. */
  async function logged(id: string): Promise<{ pcm: Buffer; ends: (number | undefined)[] }> {
    const entries = (await embeddedBus()?.audioLog.read(id, null, { waitMs: 0, limit: 500 })) ?? [];
    let pcm = Buffer.alloc(0);
    for (const { entry } of entries) {
      if (entry.kind !== 'audio') continue;
      expect(entry.startMs * BYTES_PER_MS).toBe(pcm.length);
      pcm = Buffer.concat([pcm, entry.pcm]);
    }
    return { pcm, ends: entries.flatMap(({ entry }) => (entry.kind === 'end' ? entry.endMs : [])) };
  }

  /** Resolves once the end of a channel is in the log. */
  async function ended(id: string): Promise<void> {
    let after: string | null = null;
    for (;;) {
      const read = { waitMs: 1_000, limit: 500 };
      const entries: StoredAudioEntry[] =
        (await embeddedBus()?.audioLog.read(id, after, read)) ?? [];
      if (entries.some(({ entry }) => entry.kind === 'end')) return;
      after = entries.at(-1)?.id ?? after;
    }
  }

  async function sentAtOnce(name: string): Promise<{ id: string; pcm: Buffer }> {
    const id = await running.newMeeting();
    const audio = await opened(id);
    await audio.until(({ type }) => type === 'ready');
    audio.send(file(name));
    audio.say({ type: 'stop' });
    await audio.until(({ type }) => type === 'stopped');
    return { id, pcm: (await logged(id)).pcm };
  }

  it.each(['media-recorder.webm', 'speech.webm', 'speech.ogg'])(
    'is what the file %s says, accounted to the millisecond',
    async (name) => {
      const { id, pcm } = await sentAtOnce(name);
      const whole = (await decodeAudio(path(name))).pcm;
      const difference = Math.abs(pcm.length - whole.length) / BYTES_PER_MS;
      // The file's times, which are not looked at live, begin MediaRecorder's a little later.
      expect(difference).toBeLessThan(100);
      const shifts = Array.from({ length: 100 }, (_, at) => whole.subarray(at * BYTES_PER_MS));
      expect(Math.max(...shifts.map((one) => likeness(pcm, one)))).toBeGreaterThan(0.95);
      const { totalMs, lostMs, pendingMs } = await coverage(id);
      expect({ totalMs, lostMs, pendingMs }).toEqual({
        totalMs: pcm.length / BYTES_PER_MS,
        lostMs: 0,
        pendingMs: pcm.length / BYTES_PER_MS,
      });
    },
  );

  it.each(['media-recorder.webm', 'speech.ogg'])(
    'is whole when the connection broke in the middle of %s: the container is sent again, and what is durable left out',
    async (name) => {
      const { pcm: expected } = await sentAtOnce(name);
      const bytes = file(name);
      const id = await running.newMeeting();
      const first = await opened(id);
      await first.until(({ type }) => type === 'ready');
      // Into the middle of a packet.
      first.send(bytes.subarray(0, Math.floor(bytes.length / 2) + 7));
      const { offsetMs = 0 } = await first.until((one) => (one.offsetMs ?? 0) > 500);
      first.socket.terminate();

      const second = await opened(id, { ...START, resumeFrom: 0 });
      await second.until(({ type, resumeFrom }) => type === 'ready' && resumeFrom === 0);
      // What it sends again up to here would never be acknowledged otherwise.
      await second.until((one) => (one.offsetMs ?? 0) >= offsetMs);
      second.send(bytes);
      second.say({ type: 'stop' });
      const { durationMs } = await second.until(({ type }) => type === 'stopped');
      const { pcm, ends } = await logged(id);
      expect(pcm.equals(expected)).toBe(true);
      expect([durationMs, ends]).toEqual([pcm.length / BYTES_PER_MS, [durationMs]]);
      expect(await coverage(id)).toMatchObject({ totalMs: durationMs, lostMs: 0 });
    },
  );

  it('is whole when the connection ends right after `stop`, while frames wait to be decoded', async () => {
    const { pcm: expected } = await sentAtOnce('media-recorder.webm');
    const id = await running.newMeeting();
    const audio = await opened(id);
    await audio.until(({ type }) => type === 'ready');
    audio.send(file('media-recorder.webm'));
    audio.say({ type: 'stop' });
    audio.socket.close();
    await audio.closed;
    await ended(id);
    const { pcm, ends } = await logged(id);
    expect(pcm.equals(expected)).toBe(true);
    expect(ends).toEqual([expected.length / BYTES_PER_MS]);
  });

  it('loses nothing when the same sender is back before its `stop` was reached', async () => {
    const bytes = file('media-recorder.webm');
    const { pcm: expected } = await sentAtOnce('media-recorder.webm');
    const id = await running.newMeeting();
    const first = await opened(id);
    await first.until(({ type }) => type === 'ready');
    first.send(bytes);
    first.say({ type: 'stop' });
    const second = await opened(id, { ...START, resumeFrom: 0 });
    const { problem } = await second.until(({ type }) => type === 'ready' || type === 'error');
    // Had the `stop` had its turn, nothing is left to send.
    if (problem) {
      expect(problem.type).toContain('conflict');
    } else {
      second.send(bytes);
      second.say({ type: 'stop' });
    }
    await ended(id);
    expect((await logged(id)).pcm.equals(expected)).toBe(true);
  });

  it('goes on in another container where the last one ended, and after a gap', async () => {
    const id = await running.newMeeting();
    const audio = await opened(id);
    await audio.until(({ type }) => type === 'ready');
    audio.send(file('speech.ogg'));
    audio.say({ type: 'container' });
    const { resumeFrom: next = 0 } = await audio.until(
      ({ type, resumeFrom }) => type === 'ready' && resumeFrom !== 0,
    );
    audio.say({ type: 'gap', ms: 1_000 });
    audio.send(file('media-recorder.webm'));
    audio.say({ type: 'stop' });
    const { durationMs = 0 } = await audio.until(({ type }) => type === 'stopped');
    const recorded = (await sentAtOnce('media-recorder.webm')).pcm.length / BYTES_PER_MS;
    // Less than a millisecond of the first one has no place.
    expect(durationMs).toBe(next + 1_000 + recorded);
    expect(await coverage(id)).toMatchObject({ totalMs: durationMs, lostMs: 0 });
  });

  it('says so when it ends in the middle of a part, and keeps what came before', async () => {
    const id = await running.newMeeting();
    const audio = await opened(id);
    await audio.until(({ type }) => type === 'ready');
    const bytes = file('speech.ogg');
    audio.send(bytes.subarray(0, bytes.length - 50));
    audio.say({ type: 'stop' });
    const { durationMs, brokenOff } = await audio.until(({ type }) => type === 'stopped');
    expect(brokenOff).toBe(true);
    expect(durationMs).toBe((await logged(id)).pcm.length / BYTES_PER_MS);
  });

  it('says so of a container that ends in the middle of a part, and takes the next one', async () => {
    const id = await running.newMeeting();
    const audio = await opened(id);
    await audio.until(({ type }) => type === 'ready');
    const bytes = file('speech.ogg');
    audio.send(bytes.subarray(0, bytes.length - 50));
    audio.say({ type: 'container' });
    const { brokenOff } = await audio.until(
      ({ type, resumeFrom }) => type === 'ready' && resumeFrom !== 0,
    );
    expect(brokenOff).toBe(true);
    audio.send(bytes);
    audio.say({ type: 'stop' });
    expect((await audio.until(({ type }) => type === 'stopped')).brokenOff).toBeUndefined();
  });

  it.each<[string, () => Buffer, string]>([
    ['text', () => Buffer.from('no audio at all'.repeat(9)), 'neither Ogg nor WebM'],
    ['a WAV', () => Buffer.concat([Buffer.from('RIFF'), Buffer.alloc(99)]), 'neither Ogg'],
    [
      'a WebM that turns to zeros',
      () => Buffer.concat([file('media-recorder.webm').subarray(0, 900), Buffer.alloc(80_000)]),
      'damaged',
    ],
  ])('refuses %s, and leaves the channel to whoever sends it better', async (_, bytes, detail) => {
    const id = await running.newMeeting();
    const audio = await opened(id);
    await audio.until(({ type }) => type === 'ready');
    audio.send(bytes());
    audio.say({ type: 'container' });
    audio.say({ type: 'stop' });
    const { problem } = await audio.until(({ type }) => type === 'error');
    expect(problem).toMatchObject({ type: expect.stringContaining('unsupported-audio') as string });
    expect(problem?.detail).toContain(detail);
    expect(await audio.closed).toBe(4422);
    const again = await opened(id);
    await again.until(({ type }) => type === 'ready');
    again.send(file('speech.ogg'));
    again.say({ type: 'stop' });
    await again.until(({ type }) => type === 'stopped');
  });

  it('takes nothing of what follows a packet that cannot be decoded: it would stand too early', async () => {
    const bytes = file('speech.ogg');
    const pages = pagesOf(bytes);
    const before = Buffer.concat(pages.slice(0, -1));
    const whole = await running.newMeeting();
    const id = await running.newMeeting();
    const audio = await opened(id);
    await audio.until(({ type }) => type === 'ready');
    audio.send(Buffer.concat([before, withoutFrames(pages.at(-1))]));
    for (let more = 0; more < 5; more += 1) audio.send(pages.at(-1) ?? bytes);
    audio.say({ type: 'stop' });
    const { problem } = await audio.until(({ type }) => type === 'error');
    expect(problem?.detail).toContain('an Opus packet cannot be decoded');
    const again = await opened(id, { ...START, resumeFrom: 0 });
    await again.until(({ type }) => type === 'ready');
    const { pcm, ends } = await logged(id);
    const good = await opened(whole);
    await good.until(({ type }) => type === 'ready');
    good.send(before);
    good.say({ type: 'stop' });
    await good.until(({ type }) => type === 'stopped');
    const expected = (await logged(whole)).pcm;
    expect(pcm.length).toBeLessThanOrEqual(expected.length);
    expect(pcm.equals(expected.subarray(0, pcm.length))).toBe(true);
    expect(ends).toEqual([]);
  });

  it('takes no `container` among raw samples', async () => {
    const id = await running.newMeeting();
    const raw = { type: 'start', encoding: 'pcm_s16le', sampleRate: 16_000, channels: 1 };
    const audio = await opened(id, raw);
    await audio.until(({ type }) => type === 'ready');
    audio.say({ type: 'container' });
    expect(await audio.closed).toBe(1008);
  });

  it('sheds what goes beyond the limit, as of raw samples, and accounts for it', async () => {
    const id = await running.newMeeting();
    const audio = await opened(id);
    await audio.until(({ type }) => type === 'ready');
    // Its clusters once more and once more: their times are not looked at.
    const bytes = file('media-recorder.webm');
    audio.send(Buffer.concat([bytes, ...new Array<Buffer>(8).fill(clustersOf(bytes))]));
    audio.say({ type: 'container' });
    const { resumeFrom: sentMs = 0 } = await audio.until(({ type, resumeFrom }) => {
      return type === 'ready' && resumeFrom !== 0;
    });
    audio.socket.terminate();
    await audio.closed;
    const { pcm } = await logged(id);
    expect(sentMs).toBeGreaterThan(70_000);
    expect(pcm.length / BYTES_PER_MS).toBeGreaterThan(20_000);
    expect(pcm.length / BYTES_PER_MS).toBeLessThan(sentMs - 1_000);
  });
});

function clustersOf(webm: Buffer): Buffer {
  return webm.subarray(webm.indexOf(Buffer.from('1f43b675', 'hex')));
}

function pagesOf(ogg: Buffer): Buffer[] {
  const starts: number[] = [];
  for (let at = ogg.indexOf('OggS'); at >= 0; at = ogg.indexOf('OggS', at + 1)) starts.push(at);
  return starts.map((at, index) => ogg.subarray(at, starts[index + 1]));
}

/** The same page with one packet, which says that it holds no frames: none does. */
function withoutFrames(page: Buffer = Buffer.alloc(0)): Buffer {
  const packet = Buffer.from([3, 0]);
  return Buffer.concat([page.subarray(0, 26), Buffer.from([1, packet.length]), packet]);
}

/** Cosine of two signals, over what both have. */
function likeness(a: Buffer, b: Buffer): number {
  let [ab, aa, bb] = [0, 0, 0];
  for (let at = 0; at + 1 < Math.min(a.length, b.length); at += 2) {
    const [x, y] = [a.readInt16LE(at), b.readInt16LE(at)];
    ab += x * y;
    aa += x * x;
    bb += y * y;
  }
  return ab / Math.sqrt(aa * bb);
}
