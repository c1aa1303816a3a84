import type { SpeakerEngine } from './speaker-engine';

export interface SpeakerEngineSubject {
  engine: () => SpeakerEngine;
  /** Six seconds of each of two voices, 16 kHz mono. */
  voices: () => [Float32Array, Float32Array];
}

/** What every speaker engine promises. */
export function describeSpeakerEngine(name: string, subject: SpeakerEngineSubject): void {
  describe(`${name} as a speaker engine`, () => {
    const halves = [
      { startMs: 0, endMs: 3_000 },
      { startMs: 3_000, endMs: 6_000 },
    ];

    it('has a name, and gives unit vectors of the length that it says', async () => {
      const engine = subject.engine();
      expect(engine.name).toMatch(/^\S+$/);
      for (const vector of await engine.embed(subject.voices()[0], halves)) {
        expect(vector).toHaveLength(engine.dimensions);
        expect(alike(vector, vector)).toBeCloseTo(1, 5);
      }
    });

    it('finds one voice more alike than two', async () => {
      const [a, b] = subject.voices();
      const [a1, a2] = await subject.engine().embed(a, halves);
      const [b1, b2] = await subject.engine().embed(b, halves);
      const across = [alike(a1, b1), alike(a1, b2), alike(a2, b1), alike(a2, b2)];
      const most = Math.max(...across);
      expect(alike(a1, a2)).toBeGreaterThan(most);
      expect(alike(b1, b2)).toBeGreaterThan(most);
    });

    it('says nothing of a stretch that is too short, or beyond the end', async () => {
      const stretches = [
        { startMs: 0, endMs: 60 },
        { startMs: 9_000, endMs: 12_000 },
      ];
      await expect(subject.engine().embed(subject.voices()[0], stretches)).resolves.toEqual([
        null,
        null,
      ]);
      await expect(subject.engine().embed(new Float32Array(), stretches)).resolves.toEqual([
        null,
        null,
      ]);
    });

    it('answers several who ask at once, each with its own', async () => {
      const [a, b] = subject.voices();
      const asked = [a, b, a].map((samples) => subject.engine().embed(samples, halves));
      const [first, second, third] = await Promise.all(asked);
      expect(third).toEqual(first);
      expect(second).not.toEqual(first);
    });

    it('passes over who gives up while others are heard first', async () => {
      const [a, b] = subject.voices();
      const gone = new AbortController();
      const first = subject.engine().embed(a, halves);
      const second = subject.engine().embed(b, halves, gone.signal);
      gone.abort(new Error('they went on'));
      await expect(second).rejects.toThrow('they went on');
      await expect(first).resolves.toHaveLength(halves.length);
    });
  });
}

function alike(a: Float32Array | null | undefined, b: Float32Array | null | undefined): number {
  if (!a || !b) throw new Error('there is a voice, and it was not heard');
  return a.reduce((sum, value, at) => sum + value * (b[at] ?? 0), 0);
}
