import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { ProblemError } from '@parley/contracts';

type Done = (error: ProblemError | null, body: Buffer) => void;

const EMPTY = Buffer.alloc(0);

/**
 * Reads a body whole, unpacked, and no further than `maxBytes`: what is held never exceeds it, however the
 * body was sent. `done` is not called when the caller leaves before the end.
 */
export function readBody(request: IncomingMessage, maxBytes: number, done: Done): void {
  const encoding = request.headers['content-encoding'];
  if (encoding === undefined || encoding === 'identity') {
    collect(request, maxBytes, done);
    return;
  }
  const unpacked = unpacker(encoding);
  if (!unpacked) {
    done(new ProblemError('unsupported-media-type', 'Send gzip, deflate, br or identity.'), EMPTY);
    return;
  }
  let finished = false;
  const finish: Done = (error, body) => {
    if (finished) return;
    finished = true;
    request.unpipe(unpacked);
    unpacked.destroy();
    done(error, body);
  };
  unpacked.on('error', () => {
    finish(new ProblemError('malformed-request', 'The body cannot be unpacked.'), EMPTY);
  });
  request.once('close', () => {
    if (!request.complete) unpacked.destroy();
  });
  collect(unpacked, maxBytes, finish);
  request.pipe(unpacked);
}

/** The size that a body states, or null when it states none. */
export function statedBytes(request: IncomingMessage): number | null {
  const length = request.headers['content-length'];
  return length === undefined ? null : Number(length);
}

export function hasBody(request: IncomingMessage): boolean {
  const { 'content-length': length, 'transfer-encoding': encoding } = request.headers;
  return encoding !== undefined || (length !== undefined && length !== '0');
}

export function tooLarge(maxBytes: number): ProblemError {
  return new ProblemError('payload-too-large', `A body here has at most ${maxBytes} bytes.`);
}

function collect(source: Readable, maxBytes: number, done: Done): void {
  const chunks: Buffer[] = [];
  let bytes = 0;
  const onData = (chunk: Buffer): void => {
    bytes += chunk.length;
    if (bytes <= maxBytes) {
      chunks.push(chunk);
      return;
    }
    leave();
    source.pause();
    done(tooLarge(maxBytes), EMPTY);
  };
  const onEnd = (): void => {
    leave();
    const [only] = chunks;
    done(null, chunks.length === 1 && only ? only : Buffer.concat(chunks, bytes));
  };
  const leave = (): void => {
    source.off('data', onData);
    source.off('end', onEnd);
  };
  source.on('data', onData);
  source.on('end', onEnd);
}

function unpacker(encoding: string) {
  switch (encoding.trim().toLowerCase()) {
    case 'gzip':
    case 'x-gzip':
      return createGunzip();
    case 'deflate':
      return createInflate();
    case 'br':
      return createBrotliDecompress();
    default:
      return null;
  }
}
