import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DeliveryFile } from './delivery-file';

const { signal } = new AbortController();

describe('a file of deliveries', () => {
  let folder: string;
  let path: string;
  let file: DeliveryFile;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'parley-file-'));
    path = join(folder, 'deliveries', 'notes.jsonl');
    file = new DeliveryFile(path);
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it('holds nothing before the first delivery', async () => {
    expect(await file.has('a', signal)).toBe(false);
  });

  it('finds what was appended, and nothing else', async () => {
    await file.append({ actionId: 'a', text: 'mentions b' });
    expect(await file.has('a', signal)).toBe(true);
    expect(await file.has('b', signal)).toBe(false);
  });

  it('survives a line that was cut off in the middle', async () => {
    await file.append({ actionId: 'a' });
    appendFileSync(path, '{"actionId":"b","arg');
    expect(await file.has('b', signal)).toBe(false);
    await file.append({ actionId: 'b' });
    expect(await file.has('a', signal)).toBe(true);
    expect(await file.has('b', signal)).toBe(true);
    expect(readFileSync(path, 'utf8').split('\n')).toHaveLength(4);
  });

  it('loses what the lines of a meeting quote of it, and nothing else', async () => {
    const citations = [
      { type: 'segment', id: 's', quote: 'secret' },
      { type: 'chunk', id: 'c', quote: 'of a document' },
    ];
    await file.append({ actionId: 'a', meetingId: 'm', citations });
    await file.append({ actionId: 'b', meetingId: 'other', citations });
    expect(await file.forgetQuotes('m')).toBe(1);
    expect(await file.forgetQuotes('m')).toBe(0);
    const [mine, others] = readFileSync(path, 'utf8').split('\n');
    const left = { actionId: 'a', meetingId: 'm', citations: citations.slice(1) };
    expect(mine).toBe(JSON.stringify(left));
    expect(others).toBe(JSON.stringify({ actionId: 'b', meetingId: 'other', citations }));
  });

  it('is not searched when there is no time left', async () => {
    await file.append({ actionId: 'a' });
    await expect(file.has('a', AbortSignal.abort())).rejects.toThrow();
  });
});
