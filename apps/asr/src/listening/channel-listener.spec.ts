import { samplesToPcm } from '@parley/audio';
import { HeardChannel, LOUD } from '../testing/heard-channel';

describe('ChannelListener', () => {
  it('makes one final of one utterance, with its pre-roll, between stretches of silence', async () => {
    const setup = new HeardChannel();
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
    const setup = new HeardChannel();
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
    const setup = new HeardChannel();
    await setup.silence(10_000);
    await setup.listener.drained();
    expect(setup.sink.outcomes.length).toBeGreaterThanOrEqual(4);
    expect(setup.listener.settledMs).toBeGreaterThan(7_000);
  });

  it('cuts who does not pause at the least loud moment', async () => {
    const setup = new HeardChannel();
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
    const setup = new HeardChannel();
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
    const setup = new HeardChannel();
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
    const setup = new HeardChannel({ checkpointMs: 2_000 });
    await setup.send(1_000, samplesToPcm(new Float32Array(1_500 * 16)));
    await setup.end();
    expect(setup.sink.spans).toEqual([{ startMs: 2_000, endMs: 2_500, state: 'silence' }]);
  });

  it.each([
    ['no-words', ' … '],
    ['repeated-text', 'you know you know you know you know you know'],
  ])('filters by the rule %s and says so', async (rule, text) => {
    const setup = new HeardChannel();
    setup.engine.answer = () => text;
    await setup.speech(960);
    await setup.end();
    expect(setup.sink.spans).toEqual([{ startMs: 0, endMs: 960, state: 'filtered', rule }]);
    expect(setup.sink.texts).toEqual([]);
    expect(setup.sink.drafts).toEqual([]);
  });

  it('tries again when the engine fails once, and calls it lost when it fails for good', async () => {
    const setup = new HeardChannel();
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
    const setup = new HeardChannel();
    await setup.speech(960);
    setup.listener.starved();
    await setup.listener.drained();
    expect(setup.sink.texts).toEqual(['960 ms']);
    await setup.speech(320);
    await setup.end();
    expect(setup.sink.spans.map(({ endMs }) => endMs)).toEqual([960, 1_280]);
  });

  it('settles the quiet behind the last word, too, when nothing comes any more: others wait for that room', async () => {
    const setup = new HeardChannel();
    await setup.speech(960);
    await setup.silence(1_600);
    await setup.listener.drained();
    const saidMs = setup.listener.settledMs;
    expect(saidMs).toBeLessThan(2_560);
    setup.listener.starved();
    setup.listener.starved();
    await setup.listener.drained();
    expect(setup.listener.settledMs).toBe(2_560);
    expect(setup.sink.spans.at(-1)).toEqual({ startMs: saidMs, endMs: 2_560, state: 'silence' });
    await setup.speech(320);
    await setup.end();
    expect(setup.sink.texts).toEqual(['1152 ms', '320 ms']);
    expect(setup.sink.spans.at(-1)?.endMs).toBe(2_880);
  });

  it('takes what has just begun to be a word for one, and waits longer for the rest of it', async () => {
    const setup = new HeardChannel();
    await setup.silence(960);
    await setup.speech(40);
    expect([setup.listener.speaking, setup.listener.midWord]).toEqual([false, true]);
  });

  it('knows whether the audio breaks off in the middle of a word', async () => {
    const setup = new HeardChannel();
    await setup.speech(960);
    expect(setup.listener.midWord).toBe(true);
    await setup.silence(300);
    expect([setup.listener.midWord, setup.listener.speaking]).toEqual([false, true]);
    await setup.silence(1_000);
    expect([setup.listener.midWord, setup.listener.speaking]).toEqual([false, false]);
  });

  it('stops at the first outcome that cannot be written', async () => {
    const setup = new HeardChannel();
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
      const setup = new HeardChannel();
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
