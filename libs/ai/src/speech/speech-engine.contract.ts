import type { SpeechEngine } from './speech-engine';

export interface SpeechEngineSubject {
  engine: () => SpeechEngine;
  /** Samples in which it hears words, and two of them. */
  speech: () => { samples: Float32Array; words: [string, string] };
}

/** What every speech engine promises. */
export function describeSpeechEngine(name: string, { engine, speech }: SpeechEngineSubject): void {
  describe(`${name} as a speech engine`, () => {
    const silence = new Float32Array(16_000);

    it('has a name and says which languages it speaks', () => {
      expect(engine().name).toMatch(/^\S+$/);
      expect(engine().languages).toContain('en');
      for (const language of engine().languages) expect(language).toMatch(/^[a-z]{2,3}$/);
    });

    it('gives the words of an utterance, without blanks around them', async () => {
      const { samples, words } = speech();
      const { text, confidence = 1 } = await engine().transcribe(samples, { language: 'en-GB' });
      for (const word of words) expect(text).toContain(word);
      expect(text).toBe(text.trim());
      expect(confidence).toBeGreaterThan(0);
      expect(confidence).toBeLessThanOrEqual(1);
    });

    it('gives times of words, if it does, in order and inside the utterance', async () => {
      const { samples } = speech();
      const { words = [] } = await engine().transcribe(samples);
      let passedMs = 0;
      for (const { startMs, endMs } of words) {
        expect(startMs).toBeGreaterThanOrEqual(passedMs);
        expect(endMs).toBeGreaterThanOrEqual(startMs);
        passedMs = startMs;
      }
      expect(words.at(-1)?.endMs ?? 0).toBeLessThanOrEqual(samples.length / 16);
    });

    it('hears no words in silence, nor in next to nothing', async () => {
      expect((await engine().transcribe(silence)).text).toBe('');
      expect((await engine().transcribe(new Float32Array(10))).text).toBe('');
    });

    it('stops with the reason of who gives up, before and meanwhile', async () => {
      const reason = new Error('nobody waits');
      const gone = AbortSignal.abort(reason);
      await expect(engine().transcribe(silence, { signal: gone })).rejects.toBe(reason);
      const waits = new AbortController();
      const answer = engine().transcribe(speech().samples, { signal: waits.signal });
      waits.abort(reason);
      await expect(answer).rejects.toBe(reason);
    });

    it('hears several utterances at once, each for itself', async () => {
      const { samples, words } = speech();
      const all = [samples, silence, samples].map((one) => engine().transcribe(one));
      const [first, nothing, second] = await Promise.all(all);
      expect(first?.text).toContain(words[0]);
      expect(nothing?.text).toBe('');
      expect(second?.text).toBe(first?.text);
    });
  });
}
