import type { CaptionEntry } from '@parley/bus';
import { CaptionsListener } from './captions-listener';

const caption = (id: number): CaptionEntry => ({
  kind: 'caption',
  channel: 'captions',
  id: String(id),
  at: id,
  startMs: 0,
  endMs: 1,
  speaker: null,
  text: 'Hello.',
});
const END = { kind: 'end', channel: 'captions', endMs: 0 } as const;

// Fake: what writes, one turn of the event loop each time.
describe('the listener of captions', () => {
  function listening(fail?: Error) {
    const written: string[][] = [];
    const settled = jest.fn();
    const write = async (captions: readonly CaptionEntry[]): Promise<void> => {
      await new Promise(setImmediate);
      if (fail) throw fail;
      written.push(captions.map(({ id }) => id));
    };
    const complete = (): Promise<void> => {
      written.push(['end']);
      return Promise.resolve();
    };
    return { listener: new CaptionsListener({ write, complete }, settled), written, settled };
  }

  it('does not hold the reading up, and writes what waits together, in order, before the end', async () => {
    const { listener, written, settled } = listening();
    for (let id = 0; id < 120; id++) await listener.accept(caption(id));
    expect(written).toEqual([]);
    expect(listener.settledMs).toBe(-1);
    await listener.accept(END);
    await listener.drained();
    expect(written.flat()).toEqual([...Array.from({ length: 120 }, (_, id) => String(id)), 'end']);
    expect(written.length).toBeLessThanOrEqual(5);
    expect(Math.max(...written.map(({ length }) => length))).toBe(50);
    expect(listener.settledMs).toBe(Infinity);
    expect(settled).toHaveBeenCalled();
  });

  it('takes no more than it may hold before all is written', async () => {
    const { listener, written } = listening();
    for (let id = 0; id < 200; id++) await listener.accept(caption(id));
    expect(written.flat()).toHaveLength(200);
    expect(listener.settledMs).toBe(Infinity);
  });

  it('fails its reader with what a write failed with, and lets go of nothing', async () => {
    const failed = new Error('away');
    const { listener, written } = listening(failed);
    await listener.accept(caption(1));
    await listener.accept(END);
    await expect(listener.drained()).rejects.toBe(failed);
    await expect(listener.accept(caption(2))).rejects.toBe(failed);
    expect(() => {
      listener.starved();
    }).toThrow(failed);
    expect(written).toEqual([]);
    expect(listener.settledMs).toBe(-1);
  });
});
