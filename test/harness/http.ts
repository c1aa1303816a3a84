import { Agent, request, type IncomingHttpHeaders } from 'node:http';
import { BrokenPromiseError } from './broken-promise';

/** One request, with nothing added that the caller did not say. */
export interface Ask {
  method?: string;
  /** Sent as it is. Default: none. */
  body?: string | Buffer;
  /** Sent as JSON with its content type. */
  json?: unknown;
  headers?: Record<string, string | string[]>;
  /** Shown as a bearer token; null: no key. Default: the subject's own. */
  key?: string | null;
  /** How long an answer may take before it counts as a hang. Default: 20 s. */
  limitMs?: number;
}

/** An answer, read to its end. */
export interface Answer {
  method: string;
  path: string;
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
  /** The body as JSON, or undefined when it is none. */
  json: unknown;
}

const HANG_MS = 20_000;
const LONGEST_BODY = 8 * 1024 * 1024;

/** A connection pool of its own, so that what one promise does to its connections harms no other. */
export function newAgent(): Agent {
  return new Agent({ keepAlive: true, maxSockets: 128 });
}

/**
 * Sends a request and reads the answer.
 * @throws BrokenPromiseError when no answer comes; the socket's own error when the connection fails
 */
export function send(url: string, path: string, ask: Ask, agent?: Agent): Promise<Answer> {
  const { method = 'GET', limitMs = HANG_MS } = ask;
  const body = ask.json === undefined ? ask.body : JSON.stringify(ask.json);
  const headers: Record<string, string | string[]> = {
    ...(ask.json === undefined ? {} : { 'content-type': 'application/json' }),
    ...(body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }),
    ...(ask.key ? { authorization: `Bearer ${ask.key}` } : {}),
    ...ask.headers,
  };
  if ('transfer-encoding' in headers) delete headers['content-length'];
  const target = new URL(url);
  return new Promise((resolve, reject) => {
    const outgoing = request(
      { host: target.hostname, port: target.port, method, path, headers, agent },
      (incoming) => {
        const parts: Buffer[] = [];
        let size = 0;
        incoming.on('data', (part: Buffer) => {
          size += part.length;
          if (size <= LONGEST_BODY) parts.push(part);
        });
        incoming.once('error', reject);
        incoming.once('end', () => {
          clearTimeout(limit);
          const text = Buffer.concat(parts).toString('utf8');
          const { statusCode: status = 0 } = incoming;
          resolve({ method, path, status, headers: incoming.headers, text, json: parsed(text) });
        });
      },
    );
    const limit = setTimeout(() => {
      outgoing.destroy(new BrokenPromiseError(`${method} ${path}: no answer in ${limitMs} ms`));
    }, limitMs);
    outgoing.once('error', (error) => {
      clearTimeout(limit);
      reject(error);
    });
    outgoing.end(body);
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
