import { closeSync, fstatSync, mkdirSync, openSync, renameSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

const LARGEST_BYTES = 10 * 1_048_576;

/**
 * A log file that never outgrows its disk: beyond 10 MiB it becomes `<file>.1`, which replaces the one before.
 * A line that cannot be written is lost: nothing stops for want of a log.
 */
export class RotatingFile {
  private fd: number;
  private bytes: number;

  constructor(
    private readonly path: string,
    private readonly largestBytes = LARGEST_BYTES,
  ) {
    mkdirSync(dirname(path), { recursive: true });
    this.fd = openSync(path, 'a', 0o600);
    this.bytes = fstatSync(this.fd).size;
  }

  write(line: string): void {
    try {
      if (this.bytes >= this.largestBytes) this.rotate();
      this.bytes += writeSync(this.fd, line);
    } catch {
      // A full disk must not take the service with it.
    }
  }

  private rotate(): void {
    renameSync(this.path, `${this.path}.1`);
    const full = this.fd;
    this.fd = openSync(this.path, 'a', 0o600);
    this.bytes = 0;
    closeSync(full);
  }
}
