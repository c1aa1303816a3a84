import { ClaimLoop } from './claim-loop';

const NEVER_MS = 1_000_000;

describe('a loop that claims work', () => {
  it('goes on at once when all that was in hand comes to its end in one turn', async () => {
    let left = 24;
    const carried: number[] = [];
    let together: (() => void)[] = [];
    let done: () => void = () => undefined;
    const all = new Promise<void>((resolve) => (done = resolve));
    const loop = new ClaimLoop<number>({
      sweepMs: NEVER_MS,
      maxInHand: 8,
      claim: (limit) => {
        const taken = Array.from({ length: Math.min(limit, left) }, () => left--);
        return Promise.resolve(taken);
      },
      carryOut: async (piece) => {
        await new Promise<void>((resolve) => {
          together.push(resolve);
          if (together.length < 8) return;
          const ends = together;
          together = [];
          setImmediate(() => {
            for (const end of ends) end();
          });
        });
        carried.push(piece);
        if (carried.length === 24) done();
        return undefined;
      },
      claimFailed: (error) => {
        throw error;
      },
    });
    loop.start();
    await all;
    await loop.close();
    expect(carried).toHaveLength(24);
  }, 5_000);
});
