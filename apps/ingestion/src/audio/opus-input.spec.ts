import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT_ROOT } from '@parley/config';
import { OpusInput } from './opus-input';

const speech = readFileSync(join(PROJECT_ROOT, 'libs/audio/src/fixtures/speech.ogg'));

async function bytesOf(input: OpusInput, bytes: Buffer): Promise<number> {
  let length = 0;
  for await (const pcm of input.decode(bytes)) length += pcm.length;
  return length;
}

describe('one container of Opus', () => {
  it('is closed by what is refused: nothing behind it is heard, and it is not whole', async () => {
    const input = OpusInput.begin();
    const refused = bytesOf(input, Buffer.from('no audio at all'));
    await expect(refused).rejects.toMatchObject({ code: 'unsupported-audio' });
    expect(await bytesOf(input, speech)).toBe(0);
    expect(await input.end()).toEqual({ pcm: Buffer.alloc(0), brokenOff: true });
  });

  it('that nobody waits for any more is closed in the middle of a part without a word', async () => {
    const input = OpusInput.begin();
    const heard = bytesOf(input, speech);
    input.close();
    expect(await heard).toBe(0);
  });

  it('lacks nothing when there never was any of it', async () => {
    expect(await OpusInput.begin().end()).toEqual({ pcm: Buffer.alloc(0), brokenOff: false });
  });
});
