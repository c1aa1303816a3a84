import { AsyncLocalStorage } from 'node:async_hooks';
import { ReadingTurns } from './reading-turns';

describe('utterances that come at once', () => {
  const turns = new ReadingTurns();
  let read: string[];
  beforeEach(() => {
    read = [];
  });

  /** Takes a few turns of the event loop, as a reading with a database does. */
  const reading =
    (name: string, then: () => void = () => undefined) =>
    async (): Promise<void> => {
      read.push(`${name} begins`);
      for (let turn = 0; turn < 3; turn += 1) await new Promise(setImmediate);
      then();
      read.push(`${name} ends`);
    };
  const run = (startMs: number, meetingId = 'one', then?: () => void): Promise<void> =>
    turns.run({ meetingId, startMs }, reading(`${meetingId} ${startMs}`, then));

  it('are read one after another, the one spoken first before the others', async () => {
    await Promise.all([run(3), run(1), run(2)]);
    expect(read).toEqual([1, 2, 3].flatMap((at) => [`one ${at} begins`, `one ${at} ends`]));
  });

  it('take their place also while another is read', async () => {
    let later: Promise<unknown> | undefined;
    const first = run(1, 'one', () => {
      later = Promise.all([run(9), run(5)]);
    });
    await first;
    await later;
    expect(read.filter((line) => line.endsWith('begins'))).toEqual([
      'one 1 begins',
      'one 5 begins',
      'one 9 begins',
    ]);
  });

  it('do not wait for those of another meeting', async () => {
    await Promise.all([run(1), run(1, 'other')]);
    expect(read.slice(0, 2)).toEqual(['one 1 begins', 'other 1 begins']);
  });

  it('are read though the one before could not be', async () => {
    const broken = turns.run({ meetingId: 'one', startMs: 0 }, () =>
      Promise.reject(new Error('no')),
    );
    await Promise.all([expect(broken).rejects.toThrow('no'), run(1)]);
    expect(read).toHaveLength(2);
  });

  it('each keep what belongs to their own message', async () => {
    const context = new AsyncLocalStorage<string>();
    const seen = (startMs: number): Promise<string | undefined> =>
      context.run(`message ${startMs}`, () =>
        turns.run({ meetingId: 'one', startMs }, () => Promise.resolve(context.getStore())),
      );
    expect(await Promise.all([seen(2), seen(1)])).toEqual(['message 2', 'message 1']);
  });
});
