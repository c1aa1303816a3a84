import { createReadStream } from 'node:fs';
import { mkdir, open } from 'node:fs/promises';
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
        if (markerOf(line) === actionId) return true;
      }
      return false;
    } catch (error) {
      if (errorCode(error) === 'ENOENT') return false;
      throw error;
    } finally {
      input.destroy();
    }
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

function markerOf(line: string): unknown {
  try {
    const parsed: unknown = JSON.parse(line);
    return typeof parsed === 'object' && parsed !== null && 'actionId' in parsed
      ? parsed.actionId
      : undefined;
  } catch {
    return undefined;
  }
}
