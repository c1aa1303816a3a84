/** The headers that answers share. */
export const sharedHeaders = {
  'X-Request-ID': {
    description: 'The id of this request in every log line, event and problem that came of it.',
    schema: { type: 'string', pattern: '^[A-Za-z0-9._-]{1,128}$' },
  },
  RateLimit: {
    description: 'What is left of the quota, and in how many seconds it is whole again.',
    schema: { type: 'string' },
    example: '"default";r=299;t=60',
  },
  'RateLimit-Policy': {
    description: 'The quota: so many requests in so many seconds.',
    schema: { type: 'string' },
    example: '"default";q=300;w=60',
  },
  'Retry-After': {
    description: 'Seconds to wait before trying again.',
    schema: { type: 'string', pattern: '^\\d+$' },
  },
  'Idempotent-Replayed': {
    description: 'This is the first answer to this `Idempotency-Key`, once more.',
    schema: { type: 'string', enum: ['true'] },
  },
} as const;

/** The request headers that routes share. */
export const sharedParameters = {
  RequestId: {
    name: 'X-Request-ID',
    in: 'header',
    required: false,
    description: 'Taken when it has this form, else one is made.',
    schema: { type: 'string', pattern: '^[A-Za-z0-9._-]{1,128}$' },
  },
  IdempotencyKey: {
    name: 'Idempotency-Key',
    in: 'header',
    required: false,
    description:
      'Any value of your own. The same key with the same payload has one effect and one answer, ' +
      'however often it is sent.',
    schema: { type: 'string', pattern: '^[\\x21-\\x7e]{1,255}$' },
  },
} as const;

/** Either of the two ways to send an API key. */
export const securitySchemes = {
  bearer: {
    type: 'http',
    scheme: 'bearer',
    description:
      'An API key as `Authorization: Bearer <key>`. Asked for where auth is on; `x-scope` of a route names the ' +
      "scope that the key needs, and the operator's has all.",
  },
  apiKey: {
    type: 'apiKey',
    in: 'header',
    name: 'X-API-Key',
    description: 'The same key in a header of its own.',
  },
} as const;
