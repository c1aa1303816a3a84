import { AnswerTooLongError } from './answer-too-long.error';
import { OutboundError } from './outbound.error';

/** Far more than an answer to one action, or a page of what was done before, needs. */
const MOST_BYTES = 8 * 1024 * 1024;

/**
 * A `fetch` for the SDKs of providers, whose addresses the operator sets: it ends with `signal` as well, follows no
 * redirect and reads no more than 8 MiB of an answer.
 */
export function boundedFetch(signal: AbortSignal): typeof fetch {
  return async (target, init) => {
    const signals = init?.signal ? [signal, init.signal] : [signal];
    const response = await fetch(target, {
      ...init,
      redirect: 'error',
      signal: AbortSignal.any(signals),
    });
    const body = await boundedBody(response.body ?? []);
    const { status, statusText, headers } = response;
    return new Response(body.byteLength === 0 ? null : body, { status, statusText, headers });
  };
}

/** @throws AnswerTooLongError beyond 8 MiB: the rest is not read. */
export async function boundedBody(
  body: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.byteLength;
    if (bytes > MOST_BYTES) throw new AnswerTooLongError(MOST_BYTES);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** What goes wrong before anything of a request has left: the name, the connection, the certificate. */
const BEFORE_SENDING = new Set([
  'ENOTFOUND',
  'EAI_AGAIN',
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);

/** Whether `error`, or what it was caused by, says that the other side cannot have acted. */
export function neverLeft(error: unknown): boolean {
  if (error instanceof OutboundError) return !error.written;
  for (let at = error; at instanceof Error; at = at.cause) {
    if (BEFORE_SENDING.has((at as NodeJS.ErrnoException).code ?? '')) return true;
  }
  return false;
}
