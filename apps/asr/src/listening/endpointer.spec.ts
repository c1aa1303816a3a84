import { defaultPolicy, Endpointer, type EndpointEvent } from './endpointer';

const FRAME_MS = 32;

/** Feeds stretches of speech (`+`) and silence (`-`), each so many frames long. */
function hear(endpointer: Endpointer, script: number[], fromMs = 0): EndpointEvent[] {
  let atMs = fromMs;
  return script.flatMap((frames) =>
    Array.from({ length: Math.abs(frames) }).flatMap(() => {
      const events = endpointer.frame(frames > 0, atMs, atMs + FRAME_MS);
      atMs += FRAME_MS;
      return events;
    }),
  );
}

const kinds = (events: EndpointEvent[]): string[] => events.map(({ kind }) => kind);

describe('Endpointer', () => {
  it('begins an utterance before its first speech, so that the first word survives', () => {
    const [begin] = hear(new Endpointer(defaultPolicy, 0), [-20, 5]);
    expect(begin).toEqual({ kind: 'begin', startMs: 20 * FRAME_MS - defaultPolicy.preRollMs });
  });

  it('never reaches back over what has been accounted for', () => {
    const endpointer = new Endpointer(defaultPolicy, 600);
    expect(hear(endpointer, [-1, 5], 600)).toEqual([{ kind: 'begin', startMs: 600 }]);
  });

  it('takes a click for what it is', () => {
    expect(hear(new Endpointer(defaultPolicy, 0), [-10, 1, -40])).toEqual([]);
  });

  it('says early that this may be the end, and then that it was', () => {
    const events = hear(new Endpointer(defaultPolicy, 0), [10, -20]);
    const bounds = { startMs: 0, speechStartMs: 0, speechEndMs: 320, endMs: 512 };
    expect(events.slice(1)).toEqual([
      { kind: 'pause', bounds },
      { kind: 'end', bounds },
    ]);
  });

  it('goes on when speech does', () => {
    const events = hear(new Endpointer(defaultPolicy, 0), [10, -8, 10, -20]);
    expect(kinds(events)).toEqual(['begin', 'pause', 'resume', 'pause', 'end']);
    expect(events.at(-1)).toMatchObject({ bounds: { startMs: 0, speechEndMs: 28 * FRAME_MS } });
  });

  it('is content with shorter pauses the longer somebody speaks', () => {
    const pause = -8; // 256 ms
    const after = (speechFrames: number): string[] =>
      kinds(hear(new Endpointer(defaultPolicy, 0), [speechFrames, pause]));
    expect(after(100)).not.toContain('end');
    expect(after(400)).toContain('end');
  });

  it('asks for a cut when nobody pauses, and goes on behind it', () => {
    const endpointer = new Endpointer(defaultPolicy, 0);
    const frames = Math.ceil(defaultPolicy.longestMs / FRAME_MS);
    expect(kinds(hear(endpointer, [frames]))).toEqual(['begin', 'too-long']);
    expect(endpointer.cut(14_000)).toMatchObject({ startMs: 0, endMs: 14_000 });
    expect(endpointer.speaking).toBe(true);
    expect(endpointer.flush(frames * FRAME_MS)).toMatchObject({ startMs: 14_000 });
  });

  it('ends what is in hand when nothing follows, and only that', () => {
    const endpointer = new Endpointer(defaultPolicy, 0);
    hear(endpointer, [10]);
    expect(endpointer.flush(320)).toMatchObject({ startMs: 0, endMs: 320 });
    expect(endpointer.flush(320)).toBeNull();
  });

  it('keeps the pre-roll of what may be beginning out of the silence', () => {
    const endpointer = new Endpointer(defaultPolicy, 0);
    hear(endpointer, [-99, 1]);
    expect(endpointer.quietUntil(3_200)).toBe(99 * FRAME_MS - defaultPolicy.preRollMs);
  });
});
