import { setImmediate } from 'node:timers/promises';
import { SpeechEngine, VoiceDetector, type Transcription } from '@parley/ai';
import { samplesToPcm } from '@parley/audio';
import type { CoverageSpan } from '@parley/contracts';
import { DecodeQueue } from '../decoding/decode-queue';
import { SpeechDecoder } from '../decoding/speech-decoder';
import { ChannelListener } from './channel-listener';
import { defaultPolicy } from './endpointer';
import type { Draft, Outcome, OutcomeSink } from './outcome';
import { UtteranceDecoder } from './utterance-decoder';

const LOUD = 0.8;

/** Takes what is loud for speech. */
class ScriptedDetector extends VoiceDetector {
  readonly frameSamples = 512;
  resets = 0;
  isSpeech(frame: Float32Array): boolean {
    return (frame[0] ?? 0) > LOUD / 2;
  }
  reset(): void {
    this.resets++;
  }
}

class FakeEngine extends SpeechEngine {
  readonly name = 'fake';
  readonly languages = ['en'];
  readonly heard: Float32Array[] = [];
  answer: (samples: Float32Array) => string | Error | Promise<string> = (samples) =>
    `${samples.length / 16} ms`;
  async transcribe(samples: Float32Array): Promise<Transcription> {
    this.heard.push(samples);
    const answer = await this.answer(samples);
    if (answer instanceof Error) throw answer;
    return { text: answer };
  }
  close(): Promise<void> {
    return Promise.resolve();
  }
}

class Sink implements OutcomeSink {
  readonly outcomes: Outcome[] = [];
  readonly drafts: Draft[] = [];
  failure: Error | null = null;
  settle(outcome: Outcome): Promise<void> {
    if (this.failure) return Promise.reject(this.failure);
    this.outcomes.push(outcome);
    return Promise.resolve();
  }
  draft(draft: Draft): void {
    this.drafts.push(draft);
  }
  get spans(): CoverageSpan[] {
    return this.outcomes.flatMap(({ spans }) => spans);
  }
  get texts(): string[] {
    return this.outcomes.flatMap(({ finals }) => finals.map(({ text }) => text));
  }
}

class Setup {
  readonly engine = new FakeEngine();
  readonly sink = new Sink();
  readonly detector = new ScriptedDetector();
  nowMs = 0;
  readonly listener: ChannelListener;
  private positionMs: number;

  constructor(checkpointMs = 0) {
    this.positionMs = checkpointMs;
    const clock = { now: () => this.nowMs };
    const { sink, detector } = this;
    const local = new DecodeQueue(this.engine, 2, clock);
    const speech = new SpeechDecoder({ local, endpoint: null, clock });
    const decoder = new UtteranceDecoder({ speech, sink, language: 'en', vocabulary: [], clock });
    this.listener = new ChannelListener({
      checkpointMs,
      policy: defaultPolicy,
      detector,
      decoder,
      sink,
    });
  }

  speech(ms: number): Promise<void> {
    return this.audio(ms, LOUD);
  }

  silence(ms: number): Promise<void> {
    return this.audio(ms, 0);
  }

  async audio(ms: number, level: number): Promise<void> {
    for (let sent = 0; sent < ms; sent += 100) {
      const part = Math.min(100, ms - sent);
      await this.send(this.positionMs, tenth(level).subarray(0, part * 32));
    }
  }

  async send(startMs: number, pcm: Buffer): Promise<void> {
    await this.listener.accept({ kind: 'audio', channel: 'main', startMs, pcm });
    this.positionMs = Math.max(this.positionMs, startMs + pcm.length / 32);
    this.nowMs += pcm.length / 32;
  }

  async gap(ms: number): Promise<void> {
    const startMs = this.positionMs;
    this.positionMs += ms;
    await this.listener.accept({ kind: 'gap', channel: 'main', startMs, endMs: this.positionMs });
  }

  async end(): Promise<number> {
    const endMs = this.positionMs;
    await this.listener.accept({ kind: 'end', channel: 'main', endMs });
    await this.listener.drained();
    return endMs;
  }
}

const tenths = new Map<number, Buffer>();
/** A tenth of a second of one level. */
function tenth(level: number): Buffer {
  const known = tenths.get(level) ?? samplesToPcm(new Float32Array(1_600).fill(level));
  tenths.set(level, known);
  return known;
}

describe('ChannelListener', () => {
  it('makes one final of one utterance, with its pre-roll, between stretches of silence', async () => {
    const setup = new Setup();
    await setup.silence(1_600);
    await setup.speech(960);
    await setup.silence(1_600);
    await setup.end();
    expect(setup.sink.texts).toEqual(['1600 ms']);
    expect(setup.sink.spans).toEqual([
      { startMs: 0, endMs: 1_152, state: 'silence' },
      { startMs: 1_152, endMs: 2_752, state: 'transcribed' },
      { startMs: 2_752, endMs: 4_160, state: 'silence' },
    ]);
    expect(setup.sink.outcomes.at(-1)).toMatchObject({ checkpointMs: 4_160, completed: true });
  });

  it('decodes when the pause begins, so that the final is ready when the end is sure', async () => {
    const setup = new Setup();
    await setup.speech(960);
    await setup.silence(300);
    expect(setup.engine.heard.map(({ length }) => length / 16)).toContain(1_152);
    const decodes = setup.engine.heard.length;
    await setup.silence(300);
    await setup.listener.drained();
    expect(setup.sink.texts).toEqual(['1152 ms']);
    expect(setup.engine.heard).toHaveLength(decodes);
  });

  it('reports silence while it lasts', async () => {
    const setup = new Setup();
    await setup.silence(10_000);
    await setup.listener.drained();
    expect(setup.sink.outcomes.length).toBeGreaterThanOrEqual(4);
    expect(setup.listener.settledMs).toBeGreaterThan(7_000);
  });

  it('drafts what is being said, again and again, and never after the final', async () => {
    const setup = new Setup();
    await setup.speech(3_200);
    expect(setup.sink.drafts.length).toBeGreaterThanOrEqual(3);
    await setup.silence(1_000);
    await setup.end();
    const drafts = setup.sink.drafts.length;
    await setup.listener.drained();
    expect(setup.sink.drafts).toHaveLength(drafts);
  });

  it('keeps in the drafts of one utterance what two of them agreed on, and gives the final its own words', async () => {
    const setup = new Setup();
    const heard = ['we will chip', 'we will ship', 'he will ship on', 'she will skip on Friday'];
    setup.engine.answer = () => heard.shift() ?? 'he skips Friday';
    await setup.speech(3_600);
    const confirmed = setup.sink.drafts.map(({ text, stableLength }) =>
      text.slice(0, stableLength),
    );
    expect(setup.sink.drafts.map(({ text }) => text)).toEqual([
      'we will chip',
      'we will ship',
      'we will ship on',
      'we will ship on Friday',
    ]);
    expect(confirmed).toEqual(['', 'we will', 'we will ship', 'we will ship on']);
    await setup.end();
    expect(setup.sink.texts).toEqual(['he skips Friday']);
  });

  it('confirms nothing of one utterance by the drafts of another', async () => {
    const setup = new Setup();
    setup.engine.answer = () => 'yes';
    for (let turn = 0; turn < 2; turn++) {
      await setup.speech(960);
      await setup.silence(150);
      expect(setup.sink.drafts.map(({ stableLength }) => stableLength)).toEqual([0]);
      await setup.silence(1_000);
      setup.sink.drafts.length = 0;
    }
  });

  it('shows no draft that heard less than the one before it', async () => {
    const setup = new Setup();
    let answerLate: (text: string) => void = () => undefined;
    const late = new Promise<string>((resolve) => (answerLate = resolve));
    setup.engine.answer = () => (setup.engine.heard.length === 1 ? late : 'we ship on Friday');
    await setup.speech(960);
    await setup.silence(300);
    answerLate('we chip');
    await setImmediate();
    expect(setup.engine.heard).toHaveLength(2);
    expect(setup.sink.drafts.map(({ text }) => text)).toEqual(['we ship on Friday']);
  });

  it('never hears more than the longest utterance again, however long somebody goes on', async () => {
    const setup = new Setup();
    await setup.speech(60_000);
    await setup.end();
    const longestMs = Math.max(...setup.engine.heard.map(({ length }) => length / 16));
    expect(longestMs).toBeLessThanOrEqual(defaultPolicy.longestMs);
    expect(setup.sink.drafts.length).toBeGreaterThan(30);
  });

  it('cuts who does not pause at the least loud moment', async () => {
    const setup = new Setup();
    await setup.speech(14_000);
    await setup.audio(100, LOUD * 0.6);
    await setup.speech(4_000);
    await setup.end();
    const [first, second] = setup.sink.spans;
    expect(first?.endMs).toBeGreaterThanOrEqual(14_000);
    expect(first?.endMs).toBeLessThanOrEqual(14_100);
    expect(second).toEqual({ startMs: first?.endMs, endMs: 18_100, state: 'transcribed' });
  });

  it('says of a gap that it is lost, and lets no utterance reach over it', async () => {
    const setup = new Setup();
    await setup.speech(960);
    await setup.gap(500);
    await setup.speech(960);
    await setup.end();
    expect(setup.sink.spans).toEqual([
      { startMs: 0, endMs: 960, state: 'transcribed' },
      { startMs: 960, endMs: 1_460, state: 'lost' },
      { startMs: 1_460, endMs: 2_420, state: 'transcribed' },
    ]);
    expect(setup.detector.resets).toBeGreaterThan(0);
  });

  it('says of audio that never arrived that it is lost, also at the end', async () => {
    const setup = new Setup();
    await setup.silence(320);
    await setup.send(5_000, samplesToPcm(new Float32Array(320 * 16)));
    await setup.listener.accept({ kind: 'end', channel: 'main', endMs: 6_000 });
    await setup.listener.drained();
    expect(setup.sink.spans).toEqual([
      { startMs: 0, endMs: 320, state: 'silence' },
      { startMs: 320, endMs: 5_000, state: 'lost' },
      { startMs: 5_000, endMs: 5_320, state: 'silence' },
      { startMs: 5_320, endMs: 6_000, state: 'lost' },
    ]);
  });

  it('skips what its checkpoint has accounted for', async () => {
    const setup = new Setup(2_000);
    await setup.send(1_000, samplesToPcm(new Float32Array(1_500 * 16)));
    await setup.end();
    expect(setup.sink.spans).toEqual([{ startMs: 2_000, endMs: 2_500, state: 'silence' }]);
  });

  it.each([
    ['no-words', ' … '],
    ['repeated-text', 'you know you know you know you know you know'],
  ])('filters by the rule %s and says so', async (rule, text) => {
    const setup = new Setup();
    setup.engine.answer = () => text;
    await setup.speech(960);
    await setup.end();
    expect(setup.sink.spans).toEqual([{ startMs: 0, endMs: 960, state: 'filtered', rule }]);
    expect(setup.sink.texts).toEqual([]);
    expect(setup.sink.drafts).toEqual([]);
  });

  it('tries again when the engine fails once, and calls it lost when it fails for good', async () => {
    const setup = new Setup();
    let failures = 1;
    setup.engine.answer = () => (failures-- > 0 ? new Error('engine') : 'hello there');
    await setup.speech(320);
    await setup.gap(10);
    await setup.listener.drained();
    failures = Infinity;
    await setup.speech(320);
    await setup.end();
    expect(setup.sink.spans.map(({ state }) => state)).toEqual(['transcribed', 'lost', 'lost']);
  });

  it('finishes what was being said when the sender falls silent without an end', async () => {
    const setup = new Setup();
    await setup.speech(960);
    setup.listener.starved();
    await setup.listener.drained();
    expect(setup.sink.texts).toEqual(['960 ms']);
    await setup.speech(320);
    await setup.end();
    expect(setup.sink.spans.map(({ endMs }) => endMs)).toEqual([960, 1_280]);
  });

  it('knows whether the audio breaks off in the middle of a word', async () => {
    const setup = new Setup();
    await setup.speech(960);
    expect(setup.listener.midWord).toBe(true);
    await setup.silence(300);
    expect([setup.listener.midWord, setup.listener.speaking]).toEqual([false, true]);
    await setup.silence(1_000);
    expect([setup.listener.midWord, setup.listener.speaking]).toEqual([false, false]);
  });

  it('stops at the first outcome that cannot be written', async () => {
    const setup = new Setup();
    setup.sink.failure = new Error('fenced off');
    await expect(setup.silence(10_000)).rejects.toThrow('fenced off');
    await expect(setup.listener.drained()).rejects.toThrow('fenced off');
  });

  it('accounts for every millisecond once, whatever is said and lost', async () => {
    let seed = 11;
    const random = (below: number): number => {
      seed = (seed * 48_271) % 2_147_483_647;
      return seed % below;
    };
    for (let round = 0; round < 10; round++) {
      const setup = new Setup();
      for (let step = 0; step < 12; step++) {
        const ms = 1 + random(step % 4 === 3 ? 17_000 : 2_500);
        const kind = random(5);
        if (kind < 2) await setup.speech(ms);
        else if (kind < 4) await setup.silence(ms);
        else await setup.gap(ms);
        if (random(10) === 0) setup.listener.starved();
      }
      const endMs = await setup.end();
      let atMs = 0;
      for (const span of setup.sink.spans) {
        expect(span.startMs).toBe(atMs);
        expect(span.endMs).toBeGreaterThan(span.startMs);
        atMs = span.endMs;
      }
      expect(atMs).toBe(endMs);
      const checkpoints = setup.sink.outcomes.map(({ checkpointMs }) => checkpointMs);
      expect(checkpoints).toEqual([...checkpoints].sort((a, b) => a - b));
    }
  });
});
