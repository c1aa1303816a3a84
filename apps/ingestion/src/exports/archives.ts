import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { outliveRequest } from '@parley/observability';
import { WorkSlots } from '@parley/service';

const AT_A_TIME = 2;
const WAITING = 4;

/** Makes archives while they are sent, a few at a time. */
@Injectable()
export class Archives {
  private readonly slots = new WorkSlots(AT_A_TIME, WAITING, 'Other archives are being made.');

  /**
   * @param cut told why one was not made to its end; not when its reader left
   * @throws ProblemError `unavailable` when several are being made and more wait.
   */
  async open(
    pieces: () => AsyncIterable<Uint8Array>,
    cut: (error: unknown) => void,
  ): Promise<PassThrough> {
    const release = await this.slots.take();
    const archive = new PassThrough();
    archive.once('close', release);
    // Its reader decides how long it takes: an end is put to those who do not read, not to the archive.
    void outliveRequest(() => this.fill(archive, pieces, cut));
    return archive;
  }

  private async fill(
    archive: PassThrough,
    pieces: () => AsyncIterable<Uint8Array>,
    cut: (error: unknown) => void,
  ): Promise<void> {
    const left = new AbortController();
    archive.once('close', () => {
      left.abort();
    });
    try {
      for await (const piece of pieces()) {
        left.signal.throwIfAborted();
        if (!archive.write(piece)) await once(archive, 'drain', { signal: left.signal });
      }
      archive.end();
    } catch (error) {
      // Who reads it sees an archive without its end.
      if (!left.signal.aborted) cut(error);
      archive.destroy(error as Error);
    }
  }
}
