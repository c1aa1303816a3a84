import { BYTES_PER_MS } from '../audio/audio-clock';
import { Recorder, type Stretch } from './recorder';

const samples = (ms: number, value = 1) => Buffer.alloc(ms * BYTES_PER_MS, value);
const spanOf = ({ startMs, endMs }: Stretch) => [startMs, endMs];

describe('a recorder', () => {
  let kept: Stretch[];
  let lost: Stretch[];
  let answer: (stretch: Stretch) => Promise<boolean>;
  let recorder: Recorder;

  beforeEach(() => {
    kept = [];
    lost = [];
    answer = (stretch) => {
      kept.push(stretch);
      return Promise.resolve(true);
    };
    recorder = new Recorder({
      keep: (stretch) => answer(stretch),
      lost: (stretch) => lost.push(stretch),
      retryAfterMs: [0, 0],
    });
  });

  it('keeps parts of about ten seconds, and at the end what is left', async () => {
    for (let at = 0; at < 25_000; at += 1_000) recorder.take(at, samples(1_000));
    await recorder.close();
    expect(kept.map(spanOf)).toEqual([
      [0, 10_000],
      [10_000, 20_000],
      [20_000, 25_000],
    ]);
    expect(
      kept.every(({ startMs, endMs, pcm }) => pcm.length === (endMs - startMs) * BYTES_PER_MS),
    ).toBe(true);
  });

  it('begins a new part where something is missing', async () => {
    recorder.take(0, samples(500));
    recorder.take(2_000, samples(500));
    await recorder.close();
    expect(kept.map(spanOf)).toEqual([
      [0, 500],
      [2_000, 2_500],
    ]);
  });

  it('tries again, and says what it could not keep', async () => {
    let calls = 0;
    answer = (stretch) => {
      calls += 1;
      if (calls === 2) kept.push(stretch);
      return calls === 2 ? Promise.resolve(true) : Promise.reject(new Error('away'));
    };
    recorder.take(0, samples(10_000));
    recorder.take(10_000, samples(10_000));
    await recorder.close();
    expect([kept.map(spanOf), lost.map(spanOf)]).toEqual([[[0, 10_000]], [[10_000, 20_000]]]);
    expect(calls).toBe(5);
  });

  it('holds no more than a minute for a store that hangs', async () => {
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    answer = async (stretch) => {
      await held;
      kept.push(stretch);
      return true;
    };
    for (let at = 0; at < 90_000; at += 1_000) recorder.take(at, samples(1_000));
    expect(lost.map(spanOf)).toEqual([
      [60_000, 70_000],
      [70_000, 80_000],
      [80_000, 90_000],
    ]);
    release();
    await recorder.close();
    expect(kept).toHaveLength(6);
  });

  it('keeps nothing more once it is told that nothing more is to be kept', async () => {
    answer = () => Promise.resolve(false);
    recorder.take(0, samples(10_000));
    recorder.take(10_000, samples(10_000));
    await recorder.close();
    answer = (stretch) => {
      kept.push(stretch);
      return Promise.resolve(true);
    };
    recorder.take(20_000, samples(10_000));
    await recorder.close();
    expect([kept, lost]).toEqual([[], []]);
  });
});
