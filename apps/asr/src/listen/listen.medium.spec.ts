import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DeepgramClient } from '@deepgram/sdk';
import type { listen } from '@deepgram/sdk';
import { decodeAudio, pcmToSamples, Resampler } from '@parley/audio';
import { PROJECT_ROOT } from '@parley/config';
import { wordErrorRate } from '@parley/testing';
import type { WebSocket } from 'ws';
import { encoded } from '../testing/g711-encoders';
import { LISTEN_KEY, openListening, startListening } from '../testing/listening-socket';
import type { RunningAsr } from '../testing/running-asr';
import { sampleInOne } from '../testing/sample-in-one';

// Real: Deepgram's SDK as its users have it, WebSockets, the models. Nothing is fake.
const JFK =
  'And so, my fellow Americans, ask not what your country can do for you, ask what you can do for your country.';
const jfk = readFileSync(join(PROJECT_ROOT, 'test/fixtures/jfk.wav')).subarray(78);
const silence = (ms: number): Buffer => Buffer.alloc(ms * 32);
const spoken = Buffer.concat([jfk, silence(2_500)]);

type Message =
  | listen.ListenV1Results
  | listen.ListenV1Metadata
  | listen.ListenV1UtteranceEnd
  | listen.ListenV1SpeechStarted;

describe('WS /v1/listen', () => {
  let running: RunningAsr;
  let deepgram: DeepgramClient;

  beforeAll(async () => {
    running = await startListening();
    const { url } = running;
    const socketUrl = url.replace('http', 'ws');
    deepgram = new DeepgramClient({
      apiKey: LISTEN_KEY,
      environment: { base: url, production: socketUrl, agent: socketUrl, agentRest: url },
    });
  }, 60_000);

  afterAll(async () => {
    await running.stop();
  });

  type Options = Omit<Parameters<DeepgramClient['listen']['v1']['connect']>[0], 'model'>;
  const raw = { encoding: 'linear16', sample_rate: 16_000 } as const;

  /**
   * Says all of it, as fast as it is taken, and collects what comes until the end. With `holdAtMs`, waits there
   * until something was understood: what lags behind skips its drafts, as it should.
   */
  async function say(
    audio: Buffer,
    options: Options = raw,
    holdAtMs = Infinity,
    partBytes = 3_200,
  ): Promise<Message[]> {
    const connection = await deepgram.listen.v1.connect({
      model: 'nova-3',
      reconnectAttempts: 0,
      ...options,
    });
    const messages: Message[] = [];
    let understood = (): void => undefined;
    const heard = new Promise<void>((resolve) => (understood = resolve));
    const closed = new Promise<void>((resolve, reject) => {
      connection.on('message', (message) => {
        messages.push(message);
        if (message.type === 'Results') understood();
      });
      connection.on('close', () => {
        resolve();
      });
      connection.on('error', reject);
    });
    connection.connect();
    await connection.waitForOpen();
    for (let at = 0; at < audio.length; at += partBytes) {
      if (at === holdAtMs * 32) await heard;
      connection.sendMedia(audio.subarray(at, at + partBytes));
    }
    connection.sendCloseStream({ type: 'CloseStream' });
    await closed;
    return messages;
  }

  const results = (messages: Message[]) =>
    messages.flatMap((message) => (message.type === 'Results' ? [message] : []));
  const finals = (messages: Message[], channel = 0) =>
    results(messages).filter((one) => one.is_final && one.channel_index[0] === channel);
  const textOf = (messages: Message[], channel = 0): string =>
    finals(messages, channel)
      .map((one) => one.channel.alternatives[0]?.transcript)
      .join(' ');

  it("is understood by Deepgram's SDK: finals with words, then the metadata", async () => {
    const messages = await say(spoken);
    expect(wordErrorRate(JFK, textOf(messages))).toBeLessThan(0.15);
    const [first] = finals(messages);
    expect(first).toMatchObject({
      channel_index: [0, 1],
      speech_final: true,
      from_finalize: false,
    });
    const words = first?.channel.alternatives[0]?.words ?? [];
    expect(words[0]).toMatchObject({ word: 'and', punctuated_word: 'And' });
    expect(words[0]?.start).toBeGreaterThanOrEqual(first?.start ?? 99);
    expect(results(messages).every((one) => one.is_final)).toBe(true);
    expect(messages.at(-1)).toMatchObject({
      type: 'Metadata',
      duration: Math.floor(spoken.length / 32) / 1_000,
      channels: 1,
      sha256: createHash('sha256').update(spoken).digest('hex'),
    });
    // The engine gives none, and none is made up.
    expect(first?.channel.alternatives[0]).not.toHaveProperty('confidence');
  });

  it('says what it thinks so far, when somebody begins and when they pause, to whom asks', async () => {
    const options = { interim_results: 'true', vad_events: 'true', utterance_end_ms: '1000' };
    const midSentenceMs = 2_000;
    const messages = await say(
      Buffer.concat([silence(500), spoken]),
      { ...raw, ...options },
      midSentenceMs,
    );
    const order = messages.map((message) =>
      message.type === 'Results' ? (message.is_final ? 'final' : 'interim') : message.type,
    );
    expect(order[0]).toBe('SpeechStarted');
    expect(order.indexOf('interim')).toBeLessThan(order.indexOf('final'));
    expect(order.lastIndexOf('UtteranceEnd')).toBeGreaterThan(order.lastIndexOf('final'));
    const end = messages.findLast((message) => message.type === 'UtteranceEnd');
    expect(end).toMatchObject({ last_word_end: expect.closeTo(11, 0) as number });
  });

  it.each([
    ['mu-law of 8 kHz', 'mulaw', 8_000],
    ['A-law of 8 kHz', 'alaw', 8_000],
    ['floats of 48 kHz', 'linear32', 48_000],
  ] as const)('takes %s', async (_what, encoding, rate) => {
    const samples = new Resampler(16_000, rate).push(pcmToSamples(spoken));
    const messages = await say(encoded(samples, encoding), { encoding, sample_rate: rate });
    expect(wordErrorRate(JFK, textOf(messages))).toBeLessThan(0.25);
  });

  it('hears each channel by itself where it is asked to, and their mix else', async () => {
    const stereo = interleaved(jfk, silence(11_000));
    const apart = await say(stereo, { ...raw, channels: 2, multichannel: 'true' });
    expect(wordErrorRate(JFK, textOf(apart, 0))).toBeLessThan(0.15);
    expect(textOf(apart, 1)).toBe('');
    expect(finals(apart)[0]?.channel_index).toEqual([0, 2]);
    const mixed = await say(stereo, { ...raw, channels: 2 });
    expect(wordErrorRate(JFK, textOf(mixed))).toBeLessThan(0.25);
    expect(finals(mixed)[0]?.channel_index).toEqual([0, 1]);
  });

  it('numbers the voices of a channel where it is asked to, and only there', async () => {
    const { turns, mixed } = await sampleInOne();
    const messages = await say(mixed, { ...raw, diarize: 'true' });
    const words = finals(messages).flatMap(({ channel }) => channel.alternatives[0]?.words ?? []);
    const numbers = new Map<string, number[]>();
    for (const { channel, startMs, endMs } of turns) {
      const said = words.filter(({ start, end }) => {
        const middleMs = ((start + end) / 2) * 1_000;
        return startMs <= middleMs && middleMs < endMs;
      });
      const speakers = said.flatMap(({ speaker }) => speaker ?? []);
      numbers.set(channel, [...(numbers.get(channel) ?? []), ...speakers]);
    }
    const mostly = [...numbers.values()].map(mostFrequent);
    // Everybody has a number of their own, from 0, and hardly a word is somebody else's.
    expect(mostly.sort()).toEqual([0, 1, 2, 3]);
    const all = [...numbers.values()].flat();
    const own = [...numbers.values()].flatMap((one) =>
      one.filter((speaker) => speaker === mostFrequent(one)),
    );
    expect(own.length / all.length).toBeGreaterThan(0.95);
    expect(all.length / words.length).toBeGreaterThan(0.8);
    const [word] = finals(await say(spoken))[0]?.channel.alternatives[0]?.words ?? [];
    expect(word).not.toHaveProperty('speaker');
  }, 300_000);

  it.each(['media-recorder.webm', 'speech.webm', 'speech.ogg'])(
    'finds out by itself what %s is, and hears it',
    async (name) => {
      const recording = readFileSync(join(PROJECT_ROOT, 'libs/audio/src/fixtures', name));
      const messages = await say(recording, {}, Infinity, 700);
      const { pcm } = await decodeAudio(recording);
      const metadata = messages.at(-1);
      expect(metadata).toMatchObject({ type: 'Metadata', channels: 1 });
      const { duration } = metadata as listen.ListenV1Metadata;
      expect(Math.abs(duration - pcm.length / 32_000)).toBeLessThan(0.1);
      if (name.startsWith('media')) {
        expect(wordErrorRate(JFK, textOf(messages))).toBeLessThan(0.2);
      } else {
        expect(textOf(messages)).not.toBe('');
      }
    },
  );

  it('hears what could be decoded, and then says what is wrong with the rest', async () => {
    const webm = readFileSync(join(PROJECT_ROOT, 'libs/audio/src/fixtures/media-recorder.webm'));
    const half = webm.subarray(0, webm.length / 2);
    const broken: [audio: Buffer, heard: boolean, reason: string][] = [
      [Buffer.concat([half, Buffer.alloc(2_000)]), true, 'the container is damaged'],
      [half.subarray(0, half.length - 3), true, 'broke off in the middle'],
      [Buffer.from('This is no recording.'.repeat(20)), false, 'neither Ogg nor WebM'],
      [readFileSync(join(PROJECT_ROOT, 'libs/audio/src/fixtures/speech.mp3')), false, 'neither'],
      [Buffer.from([0x1a]), false, 'before there was any audio'],
    ];
    for (const [audio, heard, reason] of broken) {
      const socket = await openListening(running);
      const closed = new Promise((resolve) => {
        socket.once('close', (code, why: Buffer) => {
          resolve(`${code} ${why.toString()}`);
        });
      });
      const said: string[] = [];
      socket.on('message', (data: Buffer) => said.push(data.toString()));
      socket.send(audio);
      socket.send(JSON.stringify({ type: 'CloseStream' }));
      expect(await closed).toMatch(new RegExp(`^1008 DATA-0000: .*${reason}`));
      expect(said.some((one) => one.includes('"is_final":true'))).toBe(heard);
      expect(said.at(-1)).toContain('"Metadata"');
    }
  });

  it('finishes what was said when it is told to, or when nothing comes any more', async () => {
    const socket = await openListening(running, '?encoding=linear16&sample_rate=16000');
    // In the middle of "ask not what your country can do for you".
    socket.send(jfk.subarray(0, 6_500 * 32));
    socket.send(JSON.stringify({ type: 'Finalize' }));
    let last: listen.ListenV1Results;
    do last = await next(socket);
    while (!last.from_finalize);
    expect(last.is_final).toBe(true);
    socket.send(jfk.subarray(6_500 * 32));
    const starved = await next(socket);
    expect(starved.is_final).toBe(true);
    socket.close();
  });

  function next(socket: WebSocket): Promise<listen.ListenV1Results> {
    return new Promise((resolve) => {
      socket.once('message', (data: Buffer) => {
        resolve(JSON.parse(data.toString()) as listen.ListenV1Results);
      });
    });
  }
});

function mostFrequent(values: readonly number[]): number {
  const count = (value: number): number => values.filter((one) => one === value).length;
  return [...new Set(values)].sort((a, b) => count(b) - count(a))[0] ?? -1;
}

function interleaved(left: Buffer, right: Buffer): Buffer {
  const frames = Math.min(left.length, right.length) / 2;
  const both = Buffer.alloc(frames * 4);
  for (let frame = 0; frame < frames; frame += 1) {
    left.copy(both, frame * 4, frame * 2, frame * 2 + 2);
    right.copy(both, frame * 4 + 2, frame * 2, frame * 2 + 2);
  }
  return both;
}
