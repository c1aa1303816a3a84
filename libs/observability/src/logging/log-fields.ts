/**
 * Every field a log line can have, by what it holds. There is no kind for free text: what people say or write
 * fits none of them, so it cannot be logged, by mistake or otherwise.
 */
export const logFields = {
  // Names of things: short, without blanks.
  meetingId: 'id',
  segmentId: 'id',
  documentId: 'id',
  actionId: 'id',
  deliveryId: 'id',
  subscriptionId: 'id',
  feedId: 'id',
  channel: 'id',
  entry: 'id',
  // Words from lists of ours.
  name: 'code',
  service: 'code',
  topic: 'code',
  stream: 'code',
  group: 'code',
  type: 'code',
  status: 'code',
  reason: 'code',
  component: 'code',
  connection: 'code',
  schema: 'code',
  engine: 'code',
  provider: 'code',
  signal: 'code',
  code: 'code',
  method: 'code',
  path: 'code',
  context: 'code',
  given: 'code',
  meant: 'code',
  // Numbers.
  statusCode: 'number',
  exitCode: 'number',
  ms: 'number',
  waitMs: 'number',
  latencyMs: 'number',
  deliveries: 'number',
  letters: 'number',
  meetings: 'number',
  migrations: 'number',
  vanished: 'number',
  dropped: 'number',
  chunks: 'number',
  lines: 'number',
  characters: 'number',
  bytes: 'number',
  epoch: 'number',
  kept: 'number',
  attempt: 'number',
  port: 'number',
  keys: 'number',
  connections: 'number',
  events: 'number',
  delaySeconds: 'number',
  graceSeconds: 'number',
  // Scheme, host and port of one of our own addresses.
  url: 'origin',
  // Any error: its name, code and our own stack frames are told, not what it says.
  err: 'error',
} as const satisfies Record<string, LogFieldKind>;

/** What a field may hold. */
export type LogFieldKind = 'id' | 'code' | 'number' | 'origin' | 'error';

export type LogFieldName = keyof typeof logFields;

interface ValueOfKind {
  id: string;
  code: string;
  number: number;
  origin: string;
  error: unknown;
}

/** What TypeScript takes for a field. */
export type LogFieldValue<Name extends LogFieldName> = ValueOfKind[(typeof logFields)[Name]];
