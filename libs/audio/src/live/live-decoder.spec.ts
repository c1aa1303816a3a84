import { LiveDecoder } from './live-decoder';

const BEFORE_IT_WOULD_GIVE_UP_MS = 8_000;

describe('a live decoder', () => {
  it.each([
    ['push', (decoder: LiveDecoder) => decoder.push(Buffer.from('OggS'))],
    ['end', (decoder: LiveDecoder) => decoder.end()],
  ])(
    'whose thread is gone says so at once when it is asked to %s',
    async (_, ask) => {
      const decoder = new LiveDecoder();
      await decoder.close();
      await expect(ask(decoder)).rejects.toMatchObject({ failure: 'damaged' });
    },
    BEFORE_IT_WOULD_GIVE_UP_MS,
  );
});
