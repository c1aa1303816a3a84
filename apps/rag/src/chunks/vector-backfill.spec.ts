import { setTimeout as sleep } from 'node:timers/promises';
import type { ChunkEmbedder } from './chunk-embedder';
import type { ChunksRepository } from './chunks.repository';
import type { LiveMeetings } from './live-meetings';
import { VectorBackfill } from './vector-backfill';

jest.mock('node:timers/promises', () => ({ setTimeout: jest.fn(async () => undefined) }));

const WORKED_MS = 40;

// Fake: the chunks, the model, whether a meeting is live, and how long a batch takes.
describe('making vectors', () => {
  const rests = jest.mocked(sleep);

  const make = async (isLive: boolean): Promise<void> => {
    const batches = [[{ id: 'first' }], [{ id: 'second' }], []];
    let nowMs = 0;
    jest.spyOn(performance, 'now').mockImplementation(() => nowMs);
    const embed = async (): Promise<Float32Array[]> => {
      nowMs += WORKED_MS;
      return [new Float32Array(512)];
    };
    const backfill = new VectorBackfill(
      {
        withoutVectors: async () => batches.shift() ?? [],
        setVectors: async () => undefined,
      } as unknown as ChunksRepository,
      { vectorName: 'fake', embed } as unknown as ChunkEmbedder,
      { any: async () => isLive } as LiveMeetings,
    );
    await backfill.run();
  };

  afterEach(() => {
    jest.restoreAllMocks();
    rests.mockClear();
  });

  it('rests three times as long as it worked while a meeting is live', async () => {
    await make(true);
    expect(rests.mock.calls.map(([ms]) => ms)).toEqual([3 * WORKED_MS, 3 * WORKED_MS]);
  });

  it('does not rest while nobody speaks', async () => {
    await make(false);
    expect(rests).not.toHaveBeenCalled();
  });
});
