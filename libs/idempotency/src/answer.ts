import type { Response } from 'express';

/** The first answer to a request, as it is given again. */
export interface StoredAnswer {
  status: number;
  /** Of the headers, those that belong to the answer and not to the moment. */
  headers: Record<string, string>;
  /** Serialised already, so that every replay has the same bytes. Null: there was none. */
  body: string | null;
  /** The handler sent it by itself, so that its replay must be sent by hand too. */
  sent: boolean;
}

/** Larger answers replay status and id only. */
export const LARGEST_BODY_BYTES = 64 * 1024;

const JSON_TYPE = 'application/json; charset=utf-8';
const HEADERS = ['content-type', 'location', 'content-location', 'link'] as const;

/** The answer that Nest is about to send for what a handler returned. */
export function answerOf(value: unknown, status: number, response?: Response): StoredAnswer {
  const headers: Record<string, string> = {};
  for (const name of HEADERS) {
    const header = response?.getHeader(name);
    if (typeof header === 'string') headers[name] = header;
  }
  if (typeof value === 'object' && value !== null) headers['content-type'] ??= JSON_TYPE;
  return { status, headers, body: bodyOf(value), sent: false };
}

/** As Nest and Express would write it. */
function bodyOf(value: unknown): string | null {
  if (value === undefined || value === null) return null;
  if (typeof value === 'object' && !isPlain(value)) return null;
  const body = typeof value === 'string' ? value : JSON.stringify(value);
  return Buffer.byteLength(body) > LARGEST_BODY_BYTES ? idOnly(body) : body;
}

/** A file or a stream is no answer that could be kept. */
function isPlain(value: object): boolean {
  return !('getStream' in value || 'pipe' in value || Buffer.isBuffer(value));
}

/** What is left of an answer that is too large, or too much of other people's matters, to be kept. */
export function idOnly(body: string | null): string | null {
  if (body === null) return null;
  try {
    const { id } = JSON.parse(body) as { id?: unknown };
    return JSON.stringify(typeof id === 'string' ? { id } : {});
  } catch {
    // Not JSON: a text has no id.
    return null;
  }
}
