import { query } from './client-messages';
import { message, readText, text, type Frame } from './wire-framing';

/** What says nothing about which statement it is: strings, quoted names, comments. */
const NOT_KEYWORDS =
  /\$(\w*)\$[\s\S]*?\$\1\$|[eE]'(?:[^'\\]|\\[\s\S]|'')*'|'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|\/\*[\s\S]*?\*\//g;
const COPY_FROM_CLIENT = /(?:^|;)\s*copy\b[^;]*\bfrom\s+stdin\b/i;

const REFUSAL = `DO $refuse$ BEGIN RAISE EXCEPTION USING ERRCODE = '0A000',
  MESSAGE = 'the embedded database does not take COPY FROM STDIN'; END $refuse$`;

/** COPY from the client ends PGlite's backend. */
export function copiesFromClient(sql: string): boolean {
  if (!/copy/i.test(sql)) return false;
  return COPY_FROM_CLIENT.test(sql.replace(NOT_KEYWORDS, ' '));
}

/** Puts a statement that fails in the place of such a COPY, so that the transaction fails as it should. */
export function refuseCopy(frame: Frame): Frame {
  if (frame.type === 'Q' && copiesFromClient(readText(frame.bytes, 5).value)) {
    return { type: 'Q', bytes: query(REFUSAL) };
  }
  if (frame.type === 'P') {
    const name = readText(frame.bytes, 5);
    if (copiesFromClient(readText(frame.bytes, name.next).value)) {
      const body = Buffer.concat([text(name.value), text(REFUSAL), Buffer.alloc(2)]);
      return { type: 'P', bytes: message('P', body) };
    }
  }
  return frame;
}
