import { createHash } from 'node:crypto';
import { unzipSync } from 'fflate';
import { zipStream, type ZippedFile } from './zip-stream';

const bytesOf = async (chunks: AsyncIterable<Uint8Array>): Promise<Buffer> => {
  const all: Uint8Array[] = [];
  for await (const chunk of chunks) all.push(chunk);
  return Buffer.concat(all);
};

describe('a ZIP archive that is made while it is sent', () => {
  it('holds its files, and a manifest with the size and hash of each', async () => {
    const pieces = Array.from({ length: 50 }, (_, at) => `line ${at} — grüße\n`);
    const files = [
      { name: 'long.txt', content: pieces },
      { name: 'empty.txt', content: [] },
    ];
    const entries = unzipSync(await bytesOf(zipStream(files, { meetingId: 'm' })));
    expect(Object.keys(entries)).toEqual(['long.txt', 'empty.txt', 'manifest.json']);
    const long = Buffer.from(entries['long.txt'] ?? []);
    expect(long.toString()).toBe(pieces.join(''));
    const manifest = JSON.parse(Buffer.from(entries['manifest.json'] ?? []).toString()) as {
      meetingId: string;
      files: ZippedFile[];
    };
    expect(manifest.meetingId).toBe('m');
    expect(manifest.files[0]).toEqual({
      name: 'long.txt',
      bytes: long.length,
      sha256: createHash('sha256').update(long).digest('hex'),
    });
  });

  it('asks for the next piece once the one before was taken', async () => {
    let asked = 0;
    const text = (function* () {
      for (; asked < 1_000; asked += 1) yield `${String(Math.random()).repeat(500)}\n`;
    })();
    const chunks = zipStream([{ name: 'long.txt', content: text }], {});
    for (let at = 0; at < 5; at += 1) await chunks.next();
    expect(asked).toBeLessThan(100);
  });

  it('fails with its source', async () => {
    const text = (function* () {
      yield 'so far';
      throw new Error('the database went away');
    })();
    await expect(bytesOf(zipStream([{ name: 'a.txt', content: text }], {}))).rejects.toThrow(
      'went away',
    );
  });
});
