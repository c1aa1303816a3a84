/**
 * Every attribute that a span may leave this process with. All others are taken off, whoever set them: message
 * content, SQL, query strings, headers and bodies have no name here, so they cannot be exported.
 */
export const SPAN_ATTRIBUTES = [
  // Ours.
  'parley.service',
  'parley.event.type',
  'parley.meeting.id',
  'parley.channel',
  'parley.audio.ms',
  'parley.provider',
  'parley.outcome',
  // OpenTelemetry semantic conventions, stable names.
  'error.type',
  'http.request.method',
  'http.response.status_code',
  'http.route',
  'network.protocol.version',
  'server.address',
  'server.port',
  'url.scheme',
  'db.system.name',
  'db.operation.name',
  'db.response.status_code',
  'messaging.system',
  'messaging.operation.type',
  'messaging.destination.name',
  'messaging.consumer.group.name',
  'messaging.message.id',
] as const;

export type SpanAttribute = (typeof SPAN_ATTRIBUTES)[number];
export type SpanAttributes = Partial<Record<SpanAttribute, string | number>>;
