/** The largest message a client may send: bounds what one connection can make us hold. */
const LARGEST_MESSAGE_BYTES = 64 * 1_048_576;

export const SSL_REQUEST = 80_877_103;
export const GSS_REQUEST = 80_877_104;
export const CANCEL_REQUEST = 80_877_102;

/** A message of the PostgreSQL protocol 3 as the client sent it, header included. */
export interface Frame {
  /** The type letter; empty for the untyped start-up messages. */
  type: string;
  bytes: Buffer;
}

/** Cuts a client's byte stream into messages (PostgreSQL manual, chapter "Message Formats"). */
export class FrameReader {
  private rest: Buffer = Buffer.alloc(0);
  private started = false;

  /** Until the start-up message has come, messages have no type letter. */
  markStarted(): void {
    this.started = true;
  }

  /** @throws RangeError when a message claims an impossible length. */
  push(chunk: Buffer): void {
    this.rest = this.rest.length === 0 ? chunk : Buffer.concat([this.rest, chunk]);
  }

  next(): Frame | null {
    const header = this.started ? 1 : 0;
    if (this.rest.length < header + 4) return null;
    const length = this.rest.readInt32BE(header) + header;
    if (length < header + 4 || length > LARGEST_MESSAGE_BYTES) {
      throw new RangeError(`a message of ${length} bytes`);
    }
    if (this.rest.length < length) return null;
    const bytes = this.rest.subarray(0, length);
    this.rest = this.rest.subarray(length);
    return { type: header === 0 ? '' : String.fromCharCode(bytes[0] ?? 0), bytes };
  }
}

/** The transaction state that the backend's last ReadyForQuery tells: idle, in a transaction, failed. */
export type TransactionState = 'I' | 'T' | 'E';

/** Finds the last ReadyForQuery in what the backend answered. */
export function transactionState(answer: Buffer): TransactionState | null {
  let state: TransactionState | null = null;
  for (let at = 0; at + 5 <= answer.length; at += answer.readInt32BE(at + 1) + 1) {
    if (answer[at] === 0x5a) state = String.fromCharCode(answer[at + 5] ?? 0) as TransactionState;
  }
  return state;
}

/** Builds one message. */
export function message(type: string, body: Buffer): Buffer {
  const header = Buffer.alloc(5);
  header.write(type, 0, 'latin1');
  header.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([header, body]);
}

export function text(value: string): Buffer {
  return Buffer.from(`${value}\0`, 'utf8');
}

export function errorResponse(severity: 'ERROR' | 'FATAL', code: string, reason: string): Buffer {
  const fields = [`S${severity}`, `V${severity}`, `C${code}`, `M${reason}`].map(text);
  return message('E', Buffer.concat([...fields, Buffer.from([0])]));
}

export function readyForQuery(state: TransactionState): Buffer {
  return message('Z', Buffer.from(state));
}

/** What a server says to a client that it lets in. */
export function welcome(serverVersion: string): Buffer {
  const parameters: Record<string, string> = {
    server_version: serverVersion,
    server_encoding: 'UTF8',
    client_encoding: 'UTF8',
    DateStyle: 'ISO, MDY',
    TimeZone: 'UTC',
    integer_datetimes: 'on',
    standard_conforming_strings: 'on',
  };
  return Buffer.concat([
    message('R', Buffer.alloc(4)),
    ...Object.entries(parameters).map(([name, value]) =>
      message('S', Buffer.concat([text(name), text(value)])),
    ),
    message('K', Buffer.alloc(8)),
    readyForQuery('I'),
  ]);
}
