import { setImmediate as yieldToOthers } from 'node:timers/promises';
import type { SpeakerEngine } from '@parley/ai';
import type { Final } from '../listening/outcome';
import { estimatedWords } from '../listening/estimated-words';
import { UtteranceVoices } from './utterance-voices';
import { VoiceTracker } from './voice-tracker';

const RATE = 16;
const ANN = Float32Array.of(1, 0);
const BEN = Float32Array.of(0, 1);

/** Ann speaks until `changeMs`, then Ben; a fake engine, the real tracker. */
function conversation(changeMs: number, lengthMs: number) {
  const samples = new Float32Array(lengthMs * RATE).fill(0.1);
  samples.fill(0, (changeMs - 60) * RATE, (changeMs + 60) * RATE);
  const engine = {
    embed: (_: Float32Array, places: readonly { startMs: number; endMs: number }[]) =>
      Promise.resolve(
        places.map(({ startMs, endMs }) => ((startMs + endMs) / 2 < changeMs ? ANN : BEN)),
      ),
  } as SpeakerEngine;
  const bounds = {
    startMs: 10_000,
    endMs: 10_000 + lengthMs,
    speechStartMs: 10_100,
    speechEndMs: 9_900 + lengthMs,
  };
  const text = 'one two three four five six seven eight';
  const words = estimatedWords(text, bounds.speechStartMs, bounds.speechEndMs);
  const final: Final = { bounds, text, words, engine: 'fake', degraded: false };
  return { samples, engine, final };
}

/** Two vowels at once, of 110 and 173 Hz, from 1 to 3 s. */
function withOverlap(samples: Float32Array): Float32Array {
  const vowel = (hertz: number, at: number): number =>
    [1, 2, 3, 4].reduce((sum, n) => sum + Math.sin((2 * Math.PI * hertz * n * at) / 16_000), 0);
  for (let at = 1_000 * RATE; at < 3_000 * RATE; at++) {
    samples[at] = 0.1 * (vowel(110, at) + vowel(173, at));
  }
  return samples;
}

const heard = (text: string) => Promise.resolve({ text, engine: 'fake', degraded: false });

describe('the voices of an utterance', () => {
  it('divide it in the quietest moment near the change, each part heard by itself', async () => {
    const { samples, engine, final } = conversation(4_000, 8_000);
    const lengths: number[] = [];
    const voices = new UtteranceVoices({
      engine,
      tracker: new VoiceTracker(),
      decode: (part) => {
        lengths.push(part.length / RATE);
        return heard(lengths.length === 1 ? 'First.' : 'Second.');
      },
    });
    const { finals } = await voices.divide(final, samples, await voices.listen(samples));
    expect(finals.map(({ text }) => text)).toEqual(['First.', 'Second.']);
    expect(finals[0]?.voiceId).not.toBe(finals[1]?.voiceId);
    expect(finals[0]?.bounds.endMs).toBe(finals[1]?.bounds.startMs);
    expect(Math.abs((finals[0]?.bounds.endMs ?? 0) - 14_000)).toBeLessThan(100);
    expect(lengths[0] ?? 0).toBe((finals[0]?.bounds.endMs ?? 0) - 10_000);
  });

  it('lose no word when a part by itself gives none', async () => {
    const { samples, engine, final } = conversation(4_000, 8_000);
    const tracker = new VoiceTracker();
    const voices = new UtteranceVoices({ engine, tracker, decode: () => heard('') });
    const { finals } = await voices.divide(final, samples, await voices.listen(samples));
    expect(finals).toHaveLength(2);
    expect(finals.map(({ text }) => text).join(' ')).toBe(final.text);
  });

  it('carry a mark where another voice is heard at once, at its place in the meeting', async () => {
    const { samples, engine, final } = conversation(4_000, 8_000);
    withOverlap(samples);
    const voices = new UtteranceVoices({
      engine,
      tracker: new VoiceTracker(),
      decode: () => heard('Said.'),
    });
    const { finals } = await voices.divide(final, samples, await voices.listen(samples));
    const [first, second] = finals;
    expect(second?.overlaps).toBeUndefined();
    expect(first?.overlaps).toHaveLength(1);
    const [span] = first?.overlaps ?? [];
    expect(Math.abs((span?.startMs ?? 0) - 11_000)).toBeLessThan(200);
    expect(Math.abs((span?.endMs ?? 0) - 13_000)).toBeLessThan(200);
  });

  it('leave it whole, and its speaker unknown, when the engine fails', async () => {
    const { samples, final } = conversation(4_000, 8_000);
    const engine = { embed: () => Promise.reject(new Error('gone')) } as unknown as SpeakerEngine;
    const decode = () => Promise.reject(new Error('is not asked'));
    const voices = new UtteranceVoices({ engine, tracker: new VoiceTracker(), decode });
    const { finals } = await voices.divide(final, samples, await voices.listen(samples));
    expect(finals).toEqual([{ ...final, voiceId: null }]);
    const marked = await voices.divide(final, samples, await voices.listen(withOverlap(samples)));
    expect(marked.finals[0]?.overlaps).toHaveLength(1);
  });

  it('are timed without what else is found out about the utterance', async () => {
    const { samples, engine } = conversation(4_000, 8_000);
    let times = 0;
    const tracker = new VoiceTracker();
    const took = (): number => (times += 1);
    const voices = new UtteranceVoices({ engine, tracker, decode: () => heard(''), took });
    const listening = voices.listen(samples);
    // Overlaps in eight seconds take more turns than this one.
    await yieldToOthers();
    expect(times).toBe(1);
    await listening;
  });
});
