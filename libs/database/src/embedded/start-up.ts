const SSL_REQUEST = 80_877_103;
const GSS_REQUEST = 80_877_104;
const CANCEL_REQUEST = 80_877_102;

/** What a client's first, untyped message asks for. */
export type StartUpRequest = 'encryption' | 'cancel' | 'session' | 'other-protocol';

/** Reads it; nothing in the session's own parameters can be honoured, since all share one backend. */
export function startUpRequest(bytes: Buffer): StartUpRequest {
  const code = bytes.readInt32BE(4);
  if (code === SSL_REQUEST || code === GSS_REQUEST) return 'encryption';
  if (code === CANCEL_REQUEST) return 'cancel';
  return code >>> 16 === 3 ? 'session' : 'other-protocol';
}
