import { message, text } from './wire-framing';

/** Ends an extended query; the server leaves an implicit transaction. */
export const SYNC = message('S', Buffer.alloc(0));

/** A simple query. */
export function query(sql: string): Buffer {
  return message('Q', text(sql));
}

/** Forgets a prepared statement; no error when there is none. */
export function closeStatement(name: string): Buffer {
  return message('C', Buffer.concat([Buffer.from('S'), text(name)]));
}
