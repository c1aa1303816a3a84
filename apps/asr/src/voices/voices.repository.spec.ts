import type { Repository } from 'typeorm';
import { NO_VOICES, type VoicesState } from './voice-tracker';
import type { VoicesEntity } from './voices.entity';
import { VoicesRepository } from './voices.repository';

// Fake: the table, which holds one row.
function keeping(state: VoicesState): VoicesRepository {
  const table = { findOneBy: () => Promise.resolve({ state }) };
  return new VoicesRepository(table as unknown as Repository<VoicesEntity>);
}

describe('the voices that are kept of a channel', () => {
  it('are found by the engine that made them, and by no other', async () => {
    const voices = keeping({ ...NO_VOICES, engine: 'titanet' });
    await expect(voices.find('m', 'room', 'titanet')).resolves.toMatchObject({ engine: 'titanet' });
    await expect(voices.find('m', 'room', 'kaldi-x-vector')).resolves.toBeUndefined();
  });

  it('are the x-vector’s when nothing says whose they are', async () => {
    await expect(keeping(NO_VOICES).find('m', 'room', 'kaldi-x-vector')).resolves.toBe(NO_VOICES);
    await expect(keeping(NO_VOICES).find('m', 'room', 'titanet')).resolves.toBeUndefined();
  });
});
