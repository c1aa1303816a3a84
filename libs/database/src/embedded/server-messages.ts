import { message, text } from './wire-framing';

/** The transaction state that a ReadyForQuery tells: idle, in a transaction, in a failed one. */
export type TransactionState = 'I' | 'T' | 'E';

/** What the last ReadyForQuery among the backend's answers tells; null when there is none. */
export function transactionState(answer: Buffer): TransactionState | null {
  let state: TransactionState | null = null;
  for (let at = 0; at + 5 <= answer.length; at += answer.readInt32BE(at + 1) + 1) {
    if (answer[at] === 0x5a) state = String.fromCharCode(answer[at + 5] ?? 0) as TransactionState;
  }
  return state;
}

export function errorResponse(severity: 'ERROR' | 'FATAL', code: string, reason: string): Buffer {
  const fields = [`S${severity}`, `V${severity}`, `C${code}`, `M${reason}`].map(text);
  return message('E', Buffer.concat([...fields, Buffer.from([0])]));
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
    message('Z', Buffer.from('I')),
  ]);
}
