import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import { errorCode } from '../../error-code';

/** A file of JSON lines, each marked by its `actionId`. */
export class DeliveryFile {
  constructor(private readonly path: string) {}

  /** Tells whether a whole line with this marker is there; a torn line does not count. */
  async has(actionId: string, signal: AbortSignal): Promise<boolean> {
    const input = createReadStream(this.path, { signal });
    try {
      for await (const line of createInterface({ input, crlfDelay: Infinity })) {
        if (fieldOf(line, 'actionId') === actionId) return true;
      }
      return false;
    } catch (error) {
      if (errorCode(error) === 'ENOENT') return false;
      throw error;
    } finally {
      input.destroy();
    }
  }

  /** Writes the file anew without the lines of a meeting. @returns how many went. */
  forget(meetingId: string): Promise<number> {
    return this.rewrite(meetingId, () => []);
  }

  /** Writes the file anew without what the lines of a meeting quote of it. @returns how many did. */
  forgetQuotes(meetingId: string): Promise<number> {
    return this.rewrite(meetingId, (line) => [withoutQuotes(line)]);
  }

  private async rewrite(meetingId: string, change: (line: string) => string[]): Promise<number> {
    const lines = (await readFile(this.path, 'utf8')).split('\n');
    let changed = 0;
    const kept = lines.flatMap((line) => {
      if (fieldOf(line, 'meetingId') !== meetingId) return [line];
      const now = change(line);
      if (now[0] !== line) changed += 1;
      return now;
    });
    if (changed === 0) return 0;
    const draft = `${this.path}.${randomUUID()}.new`;
    const file = await open(draft, 'wx');
    try {
      await file.writeFile(kept.join('\n'));
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(draft, this.path);
    return changed;
  }

  /** Resolves once the line is on the disk. */
  async append(line: object): Promise<void> {
    await mkdir(dirname(this.path), { recursive: true });
    const file = await open(this.path, 'a+');
    try {
      const { size } = await file.stat();
      const last = Buffer.alloc(1, '\n');
      if (size > 0) await file.read(last, 0, 1, size - 1);
      // A worker that died in the middle of a line must not spoil the next one.
      const start = last.toString() === '\n' ? '' : '\n';
      await file.appendFile(`${start}${JSON.stringify(line)}\n`);
      await file.sync();
    } finally {
      await file.close();
    }
  }
}

/** The citations of documents stay. */
function withoutQuotes(line: string): string {
  const citations = fieldOf(line, 'citations');
  if (!Array.isArray(citations)) return line;
  const kept = (citations as { type?: unknown }[]).filter(({ type }) => type !== 'segment');
  if (kept.length === citations.length) return line;
  return JSON.stringify({ ...(JSON.parse(line) as object), citations: kept });
}

function fieldOf(line: string, name: 'actionId' | 'meetingId' | 'citations'): unknown {
  try {
    const parsed: unknown = JSON.parse(line);
    return typeof parsed === 'object' && parsed !== null && name in parsed
      ? (parsed as Record<string, unknown>)[name]
      : undefined;
  } catch {
    return undefined;
  }
}
