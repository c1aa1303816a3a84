import { SpeechEngine, type Transcription } from '@parley/ai';
import { systemClock } from '@parley/contracts';
import { DecodeQueue } from './decode-queue';

/** Answers when the test says so. */
class HeldEngine extends SpeechEngine {
  readonly name = 'held';
  readonly languages = ['en'];
  readonly started: { length: number; answer: (text: string) => void }[] = [];
  transcribe(samples: Float32Array): Promise<Transcription> {
    return new Promise((resolve) => {
      const answer = (text: string): void => {
        resolve({ text });
      };
      this.started.push({ length: samples.length, answer });
    });
  }
  close(): Promise<void> {
    return Promise.resolve();
  }
}

describe('DecodeQueue', () => {
  const engine = (): HeldEngine => new HeldEngine();
  const final = { urgency: 'final', language: 'en' } as const;
  const partial = { urgency: 'partial', language: 'en' } as const;
  const samples = (length: number): Float32Array => new Float32Array(length);

  it('runs few at a time, and finals before partials that came earlier', async () => {
    const held = engine();
    const queue = new DecodeQueue(held, 1, systemClock);
    const first = queue.decode(samples(1), partial);
    const results = [
      queue.decode(samples(2), partial),
      queue.decode(samples(3), final),
      queue.decode(samples(4), final),
    ];
    expect(queue.takesDrafts).toBe(false);
    held.started[0]?.answer('first');
    await first;
    for (const turn of [1, 2, 3]) {
      await new Promise(setImmediate);
      held.started[turn]?.answer('next');
    }
    await Promise.all(results);
    expect(held.started.map(({ length }) => length)).toEqual([1, 3, 4, 2]);
    expect(queue.takesDrafts).toBe(true);
  });

  it('never starts what was given up while it waited', async () => {
    const held = engine();
    const queue = new DecodeQueue(held, 1, systemClock);
    const first = queue.decode(samples(1), final);
    const abort = new AbortController();
    const second = queue.decode(samples(2), { ...final, signal: abort.signal });
    abort.abort(new Error('not needed'));
    held.started[0]?.answer('first');
    await first;
    await expect(second).rejects.toThrow('not needed');
    expect(held.started).toHaveLength(1);
  });

  it('leaves one of several slots to finals when drafts are wanted', () => {
    const queue = new DecodeQueue(engine(), 3, systemClock);
    void queue.decode(samples(1), partial);
    expect(queue.takesDrafts).toBe(true);
    void queue.decode(samples(2), partial);
    expect(queue.takesDrafts).toBe(false);
  });

  it('hears recordings last, never in the slot that is kept for finals, and drafts go on meanwhile', async () => {
    const held = engine();
    const queue = new DecodeQueue(held, 2, systemClock);
    const recorded = { urgency: 'recorded', language: 'en' } as const;
    const first = queue.decode(samples(1), recorded);
    const second = queue.decode(samples(2), recorded);
    expect(held.started).toHaveLength(1);
    held.started[0]?.answer('first');
    await first;
    await new Promise(setImmediate);
    const live = queue.decode(samples(3), final);
    expect(held.started.map(({ length }) => length)).toEqual([1, 2, 3]);
    held.started[1]?.answer('second');
    held.started[2]?.answer('live');
    await Promise.all([second, live]);
    await new Promise(setImmediate);
    expect(queue.takesDrafts).toBe(true);
  });

  it('does not keep up while a final waits for more than a second, and for ten seconds after', async () => {
    let nowMs = 0;
    const held = engine();
    const queue = new DecodeQueue(held, 1, { now: () => nowMs });
    const first = queue.decode(samples(1), partial);
    const second = queue.decode(samples(2), final);
    nowMs = 1_000;
    expect(queue.keepsUp).toBe(true);
    nowMs = 1_001;
    expect(queue.keepsUp).toBe(false);
    held.started[0]?.answer('first');
    await first;
    await new Promise(setImmediate);
    held.started[1]?.answer('second');
    await second;
    nowMs = 11_001;
    expect(queue.keepsUp).toBe(false);
    nowMs = 11_002;
    expect(queue.keepsUp).toBe(true);
  });

  it('knows how fast it was once there is something to know', async () => {
    let nowMs = 0;
    const held = engine();
    const queue = new DecodeQueue(held, 1, { now: () => nowMs });
    expect(queue.realTimeFactor).toBeNull();
    const decoding = queue.decode(samples(16_000), final);
    nowMs = 30;
    held.started[0]?.answer('one second');
    await decoding;
    await new Promise(setImmediate);
    expect(queue.realTimeFactor).toBeCloseTo(0.03);
  });
});
