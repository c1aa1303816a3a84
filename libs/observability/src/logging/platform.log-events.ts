import { debug, error, info, warn, type LogEventSpec } from './log-event-spec';

const MESSAGE = ['topic', 'group', 'entry', 'type', 'deliveries'] as const;

/** What the libraries log. */
export const platformLogEvents = {
  'service.up': info('{name} is up', 'name', 'url'),
  'service.draining': info('told to stop: draining', 'delaySeconds', 'graceSeconds'),
  'service.not-drained': error('not drained in time: ending', 'graceSeconds'),
  'settings.misspelt': warn('{given} is no setting; is {meant} meant?', 'given', 'meant'),
  'access.open': warn(
    'anybody who reaches {name} may read and change everything: set AUTH_ENABLED=1 and SERVICE_API_KEY',
    'name',
  ),
  'access.keys-read': info('the API keys were read again', 'keys'),
  'access.keys-invalid': warn(
    'SERVICE_API_KEY holds no valid keys now; the ones before stay valid',
  ),
  'access.keys-untold': warn(
    'ingestion does not tell the API keys: those known stay valid, new ones are not taken',
    'err',
  ),
  'access.keys-told': info('ingestion tells the API keys again'),
  'request.answered': debug('request answered', 'method', 'path', 'statusCode', 'ms'),
  'request.unserved': warn('request not served', 'method', 'path', 'statusCode', 'ms'),
  'request.failed': error('request failed', 'code', 'err'),
  'request.refused': warn('request refused: something it needs is away', 'code'),
  'socket.refused': error('a socket could not be opened', 'err'),
  'socket.failed': warn('socket error', 'err'),

  'dependency.away': warn('a dependency is away', 'component', 'reason', 'latencyMs'),
  'dependency.back': info('a dependency is back', 'component', 'latencyMs'),
  'redis.away': warn('Redis is away', 'connection', 'err'),
  'redis.back': info('Redis is back', 'connection'),
  'redis.fallback': warn('{name}: in memory until Redis is back', 'name', 'err'),
  'redis.shared-again': info('{name}: shared through Redis again', 'name'),
  'database.away': warn('the database cannot be used; waiting', 'err'),
  'database.back': info('the database is there'),
  'database.newer': warn(
    'schema {schema} was brought further by a newer version: this one uses it as it is',
    'schema',
    'migrations',
  ),
  'embedded-database.ended': error(
    'the embedded database ended; starting it again',
    'exitCode',
    'signal',
  ),
  'embedded-database.not-started': error('the embedded database did not start', 'err'),

  'outbox.unreadable': warn('the outbox could not be read', 'err'),
  'outbox.not-cleaned': warn('old outbox rows could not be removed', 'err'),
  'outbox.not-marked': warn('published events could not be marked; trying again', 'err'),
  'outbox.sent-again': warn(
    'the bus came back without its data: what it took within a day is sent again',
    'events',
  ),
  'outbox.not-published': warn('the bus did not take an event', 'type', 'err'),

  'bus.dead-letter': error('event given up: dead letter', ...MESSAGE, 'err'),
  'bus.retry': warn('event handler failed: it will be tried again', ...MESSAGE, 'err'),
  'bus.outage': warn('what event handlers need is away: events wait for it', 'group', 'err'),
  'bus.not-acknowledged': warn('not acknowledged: it will come again', ...MESSAGE, 'err'),
  'bus.not-retried': warn('not tried again yet', ...MESSAGE, 'err'),
  'bus.vanished': warn('pending messages no longer exist', 'stream', 'group', 'vanished'),
  'bus.regrouped': warn('Redis lost the group: making it again', 'group'),
  'bus.unreadable': warn('the bus cannot be read', 'group', 'err'),
  'bus.closed-at-work': warn('closed while event handlers still ran', 'group'),
  'bus.files-not-rewritten': warn('Redis did not rewrite its file: asked again later', 'err'),
  'bus.of-erased-meeting': info('an event of an erased meeting was dropped', 'meetingId', 'type'),
  'bus.left-silently': warn('left without telling Redis: another replica will take over', 'err'),
  'bus.dead-letter-dropped': warn('the oldest dead letter was dropped', 'kept'),
  'dead-letters.replayed': info('dead letters handed back to their services', 'letters'),
  'dead-letters.discarded': warn('dead letters thrown away', 'letters'),
  'broadcast.listener-failed': error('a broadcast listener failed', 'channel', 'err'),

  'idempotency.taken-over': warn('an idempotency key was taken over while in flight'),
  'idempotency.not-stored': error('an answer could not be stored for its key', 'err'),
  'idempotency.not-held': warn('a key in flight could not be held', 'err'),

  'model.rests': warn('a model endpoint is left alone for a while', 'engine', 'reason', 'waitMs'),
  'model.trusted': info('a model endpoint is asked as usual again', 'engine'),

  'traces.not-taken': warn('traces are lost: the collector does not take them', 'err'),
  'traces.taken': info('the collector takes traces again'),
} as const satisfies Record<string, LogEventSpec>;
