import { Seeded } from '../../../../test/harness/seeded';
import { VoiceTracker, type VoicesState } from './voice-tracker';
import { WINDOW_STEP_MS, type VoiceWindow } from './voice-window';

const SIZE = 64;

describe('the voice tracker', () => {
  let random: Seeded;

  beforeEach(() => {
    random = new Seeded(7);
  });

  const direction = (): number[] => Array.from({ length: SIZE }, () => random.next() * 2 - 1);
  /** Windows of somebody, as alike to each other as real ones are. */
  const speech = (voice: number[], count: number): Float32Array[] =>
    Array.from({ length: count }, () => unit(voice.map((value) => value + random.next() * 2 - 1)));
  const windows = (...parts: Float32Array[][]): VoiceWindow[] =>
    parts.flat().map((vector, at) => ({ middleMs: at * WINDOW_STEP_MS, vector }));
  const owners = (tracker: VoiceTracker, ...parts: Float32Array[][]): (string | null)[] =>
    tracker.follow(windows(...parts)).map(({ voiceId }) => voiceId);

  it('knows a voice again, and takes another for another', () => {
    const tracker = new VoiceTracker();
    const [ann, ben] = [direction(), direction()];
    const [first] = owners(tracker, speech(ann, 16));
    const [second] = owners(tracker, speech(ben, 16));
    expect(second).not.toBe(first);
    expect(owners(tracker, speech(ann, 4))).toEqual([first]);
    expect(owners(tracker, speech(ben, 4))).toEqual([second]);
    expect(tracker.sure).toEqual(new Set([first, second]));
  });

  it('tells where one goes on for the other inside an utterance', () => {
    const tracker = new VoiceTracker();
    const [ann, ben] = [direction(), direction()];
    const [first] = owners(tracker, speech(ann, 16));
    const [second] = owners(tracker, speech(ben, 16));
    const runs = tracker.follow(windows(speech(ann, 9), speech(ben, 12), speech(ann, 8)));
    expect(runs.map(({ voiceId }) => voiceId)).toEqual([first, second, first]);
    expect(Math.abs((runs[0]?.last ?? 0) - 8)).toBeLessThanOrEqual(1);
    expect(Math.abs((runs[1]?.last ?? 0) - 20)).toBeLessThanOrEqual(1);
  });

  it('finds two in an utterance of people who were never heard before', () => {
    const tracker = new VoiceTracker();
    const [ann, ben] = [direction(), direction()];
    const found = owners(tracker, speech(ann, 14), speech(ben, 14), speech(ann, 6));
    expect(new Set(found).size).toBe(2);
    expect(found[2]).toBe(found[0]);
  });

  it('does not make two of one who speaks for long', () => {
    const tracker = new VoiceTracker();
    const ann = direction();
    for (let utterance = 0; utterance < 6; utterance++) {
      expect(owners(tracker, speech(ann, 30))).toHaveLength(1);
    }
    expect(tracker.state.voices).toHaveLength(1);
  });

  it('leaves a few words of a stranger to nobody, and is not sure of one before four seconds', () => {
    const tracker = new VoiceTracker();
    expect(owners(tracker, speech(direction(), 16))).not.toEqual([null]);
    expect(owners(tracker, speech(direction(), 3))).toEqual([null]);
    const ben = direction();
    const [voice = null] = owners(tracker, speech(ben, 8));
    expect(tracker.sure.has(voice ?? '')).toBe(false);
    expect(owners(tracker, speech(ben, 8))).toEqual([voice]);
    expect(tracker.sure.has(voice ?? '')).toBe(true);
  });

  it('learns nothing from a mixture, and leaves one that is near to nobody to nobody', () => {
    const tracker = new VoiceTracker();
    const [ann, ben] = [direction(), direction()];
    const [first] = owners(tracker, speech(ann, 16));
    const before = tracker.state;
    const mixed = (vectors: Float32Array[]): VoiceWindow[] =>
      windows(vectors).map((window) => ({ ...window, mixed: true }));
    expect(tracker.follow(mixed(speech(ben, 16)))).toMatchObject([{ voiceId: null }]);
    expect(tracker.follow(mixed(speech(ann, 16)))).toMatchObject([{ voiceId: first }]);
    expect(tracker.state).toEqual(before);
  });

  it('does not cut the first turn of somebody in two where another is heard, too', () => {
    const tracker = new VoiceTracker();
    const [ann, ben] = [direction(), direction()];
    const both = ann.map((value, at) => 2 * value + (ben[at] ?? 0));
    const turn = windows(speech(ann, 9), speech(both, 4), speech(ann, 9)).map((window, at) => ({
      ...window,
      mixed: at >= 9 && at < 13,
    }));
    const runs = tracker.follow(turn);
    expect(runs).toEqual([{ first: 0, last: 21, voiceId: tracker.state.voices[0]?.id }]);
    // The mixture is nobody's to learn from.
    expect(tracker.state.voices[0]?.count).toBe(18);
  });

  it('goes on from what was kept as if nothing had happened', () => {
    const [ann, ben] = [direction(), direction()];
    const before = new VoiceTracker();
    const [first] = owners(before, speech(ann, 16));
    const kept = JSON.parse(JSON.stringify(before.state)) as VoicesState;
    const after = new VoiceTracker(kept);
    expect(owners(after, speech(ann, 10))).toEqual([first]);
    expect(owners(after, speech(ben, 16))).not.toEqual([first]);
  });

  it('has nothing to say of an utterance without windows', () => {
    expect(new VoiceTracker().follow([])).toEqual([]);
  });
});

function unit(values: number[]): Float32Array {
  const length = Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
  return Float32Array.from(values, (value) => value / length);
}
