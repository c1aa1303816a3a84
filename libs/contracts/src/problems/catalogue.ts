/**
 * Every problem that a Parley API answers with, and nothing else (RFC 9457, `application/problem+json`).
 * Clients branch on `type` (`https://parley.dev/problems/<code>`), never on the prose.
 */
export const problems = {
  'validation-failed': { status: 400, title: 'The request is not valid' },
  'malformed-json': { status: 400, title: 'The body is not valid JSON' },
  'malformed-request': { status: 400, title: 'The request cannot be read' },
  unauthorized: { status: 401, title: 'A valid API key is required' },
  forbidden: { status: 403, title: 'Not allowed' },
  'not-found': { status: 404, title: 'There is nothing here' },
  'meeting-not-found': { status: 404, title: 'No such meeting' },
  'document-not-found': { status: 404, title: 'No such document' },
  'segment-not-found': { status: 404, title: 'No such segment' },
  'speaker-not-found': { status: 404, title: 'No such speaker' },
  'suggestion-not-found': { status: 404, title: 'No such suggestion' },
  'delivery-not-found': { status: 404, title: 'No such delivery' },
  'dead-letter-not-found': { status: 404, title: 'No such dead letter' },
  'erasure-not-found': { status: 404, title: 'No such erasure' },
  'participant-not-found': { status: 404, title: 'No such participant' },
  'connection-not-found': { status: 404, title: 'No such connection' },
  'subscription-not-found': { status: 404, title: 'No such subscription' },
  'key-not-found': { status: 404, title: 'No such API key' },
  'workspace-not-found': { status: 404, title: 'No such workspace' },
  'method-not-allowed': { status: 405, title: 'This method is not allowed here' },
  'request-timeout': { status: 408, title: 'The request did not arrive in time' },
  conflict: { status: 409, title: 'The request conflicts with the current state' },
  'meeting-ended': { status: 409, title: 'The meeting has ended' },
  'channel-busy': { status: 409, title: 'Another sender holds this channel' },
  'suggestion-decided': { status: 409, title: 'The suggestion was already decided' },
  'suggestion-not-actionable': { status: 409, title: 'This suggestion carries no action' },
  'no-connection': { status: 409, title: 'No connection can carry this action out' },
  'idempotency-in-flight': { status: 409, title: 'The first request is still running' },
  'idempotency-key-reused': { status: 422, title: 'The key was used with another payload' },
  gone: { status: 410, title: 'No longer available' },
  'payload-too-large': { status: 413, title: 'The body is too large' },
  'unsupported-media-type': { status: 415, title: 'This media type is not supported' },
  'unsupported-audio': { status: 422, title: 'This audio cannot be used' },
  'unsupported-language': { status: 422, title: 'No engine for this language' },
  'document-unreadable': { status: 422, title: 'The document cannot be read' },
  'authorization-failed': { status: 422, title: 'The consent was not given, or has run out' },
  'destination-refused': { status: 422, title: 'This destination is not allowed' },
  'too-many-requests': { status: 429, title: 'Too many requests' },
  'headers-too-large': { status: 431, title: 'The headers of the request are too large' },
  internal: { status: 500, title: 'Something went wrong on our side' },
  'upstream-failed': { status: 502, title: 'A service this one relies on failed' },
  unavailable: { status: 503, title: 'Not able to serve this now' },
  'at-capacity': { status: 503, title: 'All places are taken' },
  'deadline-exceeded': { status: 504, title: 'The request took too long' },
} as const satisfies Record<string, { status: number; title: string }>;

export type ProblemCode = keyof typeof problems;

export const PROBLEM_TYPE_BASE = 'https://parley.dev/problems/';
