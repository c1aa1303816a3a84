/** The largest message a client may send: bounds what one connection can make us hold. */
const LARGEST_MESSAGE_BYTES = 32 * 1_048_576;
/** As in PostgreSQL itself; whoever speaks another protocol is noticed here. */
const LARGEST_START_UP_BYTES = 10_000;

/** A message of the PostgreSQL protocol 3 as the client sent it, header included. */
export interface Frame {
  /** The type letter; empty for the untyped start-up messages. */
  type: string;
  bytes: Buffer;
}

/** Cuts a client's byte stream into messages (PostgreSQL manual, chapter "Message Formats"). */
export class FrameReader {
  private chunks: Buffer[] = [];
  private heldBytes = 0;
  /** So many must be there before it is worth looking: a large message is joined once, not per chunk. */
  private neededBytes = 0;
  private started = false;

  /** Until the start-up message has come, messages have no type letter. */
  markStarted(): void {
    this.started = true;
  }

  push(chunk: Buffer): void {
    this.chunks.push(chunk);
    this.heldBytes += chunk.length;
  }

  /** @throws RangeError when a message claims an impossible length. */
  next(): Frame | null {
    const header = this.started ? 1 : 0;
    if (this.heldBytes < Math.max(this.neededBytes, header + 4)) return null;
    const held = this.join();
    const length = held.readInt32BE(header) + header;
    const largest = this.started ? LARGEST_MESSAGE_BYTES : LARGEST_START_UP_BYTES;
    if (length < header + (this.started ? 4 : 8) || length > largest) {
      throw new RangeError(`a message of ${length} bytes`);
    }
    this.neededBytes = length;
    if (held.length < length) return null;
    this.chunks = held.length === length ? [] : [held.subarray(length)];
    this.heldBytes -= length;
    this.neededBytes = 0;
    return { type: held.toString('latin1', 0, header), bytes: held.subarray(0, length) };
  }

  private join(): Buffer {
    const [only] = this.chunks;
    const joined = only && this.chunks.length === 1 ? only : Buffer.concat(this.chunks);
    this.chunks = [joined];
    return joined;
  }
}

/** Builds one message. */
export function message(type: string, body: Buffer): Buffer {
  const header = Buffer.alloc(5);
  header.write(type, 0, 'latin1');
  header.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([header, body]);
}

/** A string as messages carry it. */
export function text(value: string): Buffer {
  return Buffer.from(`${value}\0`, 'utf8');
}

/** The string that begins at `from`, and where what follows it begins. */
export function readText(bytes: Buffer, from: number): { value: string; next: number } {
  const end = bytes.indexOf(0, from);
  if (end === -1) throw new RangeError('a string without an end');
  return { value: bytes.toString('utf8', from, end), next: end + 1 };
}
