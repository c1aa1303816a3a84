import { createHash, randomBytes } from 'node:crypto';
import { unzipSync } from 'fflate';
import { ArchiveTooLargeError, zipStream, type ZippedFile } from './zip-stream';

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

  const small = (index: number) => ({ name: `${index}.txt`, content: ['a line'] });

  it('fails before it is larger than the format can say', async () => {
    const bounds = { bytes: 2_000, files: 100 };
    const whole = await bytesOf(zipStream([small(1), small(2)], {}, bounds));
    expect(whole.length).toBeLessThanOrEqual(bounds.bytes);
    for (const asItIs of [true, false]) {
      const noise = () => ({ content: [randomBytes(1_100).toString('base64')], asItIs });
      const files = [
        { name: 'one', ...noise() },
        { name: 'other', ...noise() },
      ];
      const chunks = zipStream(files, {}, bounds);
      await expect(bytesOf(chunks)).rejects.toThrow(ArchiveTooLargeError);
    }
    const zeros = { name: 'zeros', content: ['0'.repeat(2_001)] };
    await expect(bytesOf(zipStream([zeros], {}, bounds))).rejects.toThrow(ArchiveTooLargeError);
  });

  it('fails before it has more files than the format can say, the manifest among them', async () => {
    const bounds = { bytes: 10_000, files: 3 };
    const files = [small(1), small(2)];
    expect(Object.keys(unzipSync(await bytesOf(zipStream(files, {}, bounds))))).toHaveLength(3);
    const chunks = zipStream([...files, small(3)], {}, bounds);
    await expect(bytesOf(chunks)).rejects.toThrow(ArchiveTooLargeError);
  });

  it('never grows past its bounds by the directory at its end', async () => {
    const files = Array.from({ length: 20 }, (_, index) => small(index));
    const { length } = await bytesOf(zipStream(files, {}));
    const chunks = zipStream(files, {}, { bytes: length - 1, files: 100 });
    await expect(bytesOf(chunks)).rejects.toThrow(ArchiveTooLargeError);
  });
});
