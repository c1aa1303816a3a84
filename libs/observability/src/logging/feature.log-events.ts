import { debug, error, info, warn, type LogEventSpec } from './log-event-spec';

/** What the six services log. */
export const featureLogEvents = {
  // ingestion
  'meeting.not-ended': error('a meeting could not be ended cleanly', 'meetingId', 'err'),
  'channels.not-ended': error('channels of dead senders could not be ended', 'err'),
  'audio.not-stored': error('audio could not be stored', 'meetingId', 'err'),
  'audio.session-failed': error('audio session failed', 'err'),
  'admission.unasked': warn('asr did not say whether it has room; let in', 'meetingId', 'err'),
  'feed.unreadable': error('a feed could not be read', 'meetingId', 'err'),
  'feed.slow-reader': warn('a slow reader was disconnected', 'bytes'),
  'erasure.not-announced': warn('replicas were not told of an erasure', 'meetingId', 'err'),
  'planned-meetings.sweep-failed': warn('plans that are over could not be forgotten', 'err'),
  'erasure.asked-again': warn('services are asked again to erase a meeting', 'meetingId'),
  'erasure.sweep-failed': error('erasures could not be looked after', 'err'),
  'recording.lost': error('audio is missing from a recording', 'meetingId', 'ms', 'err'),
  'recording.cut': error('a recording could not be read to its end', 'meetingId', 'err'),
  'recordings.out-of-reach': warn('there are recordings, and no setting says where'),
  'recordings.erased': info('recordings were erased: their time was over', 'meetings'),
  'recordings.resealed': info('recordings were sealed with the newest key', 'kept'),
  'recordings.sealed-away': warn('recordings do not open: their key is not here', 'dropped'),
  'recordings.sweep-failed': error('recordings could not be looked after', 'err'),
  'retention.held-back': warn(
    'meetings whose time is over stay: no setting says where their recordings are',
  ),
  'retention.erased': info('meetings were erased: their time was over', 'meetings', 'reason'),

  // asr
  'listening.started': info('listening', 'meetingId', 'epoch'),
  'listening.stopped': info('stopped listening', 'meetingId', 'epoch'),
  'listening.failed': error('listening failed; it is taken up again', 'meetingId', 'err'),
  'lease.lost': warn('another replica has the meeting now', 'meetingId', 'epoch'),
  'lease.not-returned': warn('a lease was not handed back: it will run out', 'meetingId', 'err'),
  'lease.sweep-failed': warn('leases could not be renewed or claimed', 'err'),
  'listening.waiting': warn('a meeting waits: all places are taken', 'meetingId'),
  'speech.fell-back': warn('the local engine hears what the endpoint could not', 'engine', 'err'),
  'speed.measured': info('the engine was measured', 'engine', 'ms'),
  'speed.unknown': warn('the engine could not be measured', 'engine', 'err'),
  'channel.unannounced': warn(
    'audio of a channel that was never announced',
    'meetingId',
    'channel',
  ),
  'channel.never-ended': warn('a channel never ended', 'meetingId', 'channel'),
  'audio.not-trimmed': warn('the audio log could not be trimmed', 'err'),
  'listen.failed': error('a live stream could not be understood', 'err'),
  'transcription.failed': error('a recording could not be transcribed', 'err'),
  'utterance.lost': error('an utterance cannot be decoded', 'ms', 'err'),
  'speakers.not-told': warn('who speaks in an utterance cannot be told', 'ms', 'err'),
  'partial.not-sent': debug('a partial was not sent', 'err'),

  // nlu
  'segment.of-no-meeting': warn('segment of no known meeting left out', 'meetingId', 'segmentId'),
  'segment.cut': warn('only the start is analysed', 'meetingId', 'segmentId', 'characters'),

  // rag
  'original.not-kept': error('the original of a document is not kept', 'documentId', 'err'),
  'original.not-removed': error(
    'the original of a removed document may be left',
    'documentId',
    'err',
  ),
  'original.cut': error('an original could not be read to its end', 'documentId', 'err'),
  'originals.resealed': info('original documents were sealed with the newest key', 'kept'),
  'originals.sealed-away': warn('original documents do not open: their key is not here', 'dropped'),
  'originals.not-resealed': error('original documents could not be sealed again', 'err'),
  'document.indexed': info('document indexed', 'documentId', 'chunks', 'ms'),
  'meeting.indexed': info('meeting indexed', 'meetingId', 'chunks', 'ms'),
  'meeting.not-indexed': error('a meeting could not be indexed; it is tried again', 'err'),
  'vectors.made': info('missing vectors made', 'engine', 'chunks'),
  'vectors.failed': error('making missing vectors failed', 'err'),
  'vectors.missing': warn('no vectors for now', 'engine', 'reason'),
  'search.words-only': warn('searching by words only', 'engine', 'reason'),

  // agent
  'action.sent-again': warn('an action is sent again: nobody answered for it', 'actionId'),
  'action.sweep-failed': warn('unanswered actions could not be looked for', 'err'),
  'retrieval.failed': warn('retrieval failed', 'meetingId', 'reason'),
  'wording.failed': warn('the model gave no text', 'engine', 'reason'),
  'answer.failed': warn('the model gave no answer that holds', 'engine', 'reason'),
  'model-budget.spent': warn('the tokens of a meeting are spent: no model for it', 'meetingId'),
  'model-budget.unsettled': warn('what a model used could not be noted', 'err'),
  'answer.broken': error('a question could not be answered to the end', 'err'),
  'mcp.failed': error('a tool failed', 'err'),
  'summary.failed': warn('the model gave no summary', 'meetingId', 'reason', 'err'),
  'summary.incomplete': warn(
    'not all of the meeting arrived; summed up with what is there',
    'meetingId',
  ),
  'summary.cut': warn('only the first lines are summed up', 'meetingId', 'lines'),
  'suggestions.sweep-failed': warn('lapsed suggestions could not be looked for', 'err'),
  'summary.sweep-failed': warn('overdue summaries could not be written', 'err'),

  'export.cut': warn('an archive was not made to its end', 'meetingId', 'err'),
  'export.person-cut': warn("a person's archive was not made to its end", 'err'),
  'reduction.overdue': warn('words are taken out before their summary is written', 'meetingId'),
  'reduction.asked-again': warn('asked again for words to be taken out', 'meetingId'),
  'reduction.sweep-failed': warn('reductions could not be brought to their end', 'err'),

  // integrations
  'action.refused': warn('refused an action: its approval does not hold', 'actionId'),
  'delivery.attempted': info('delivery attempted', 'deliveryId', 'meetingId', 'status'),
  'delivery.lease-lost': warn(
    'lost the lease of a delivery: another worker has it',
    'deliveryId',
    'meetingId',
    'status',
  ),
  'delivery.left-behind': error('a delivery was left behind', 'deliveryId', 'err'),
  'delivery.sweep-failed': warn('cannot look for deliveries; the next sweep will', 'err'),
  'calendar-feed.failed': warn('a calendar feed cannot be read', 'feedId', 'reason', 'err'),
  'calendar-feed.sweep-failed': warn('calendar feeds could not be looked at', 'err'),
  'calendar-feeds.sealed-away': error(
    'addresses of calendar feeds cannot be read: their key is not in CONNECTIONS_KEY',
    'connections',
  ),
  'subscription.left-behind': error('a message to a subscription was left behind', 'err'),
  'subscription.sweep-failed': warn(
    'cannot look for messages to subscriptions; the next sweep will',
    'err',
  ),
  'subscription.paused': warn('paused a subscription', 'subscriptionId', 'reason'),
  'subscription.dropped': warn(
    'messages waited for a subscription for too long and are given up',
    'dropped',
  ),
  'subscriptions.sealed-away': warn(
    'secrets of subscriptions were sealed with a key that CONNECTIONS_KEY does not have',
    'connections',
  ),
  'connections.resealed': info('credentials are sealed with the newest key', 'connections'),
  'connections.sealed-away': warn(
    'credentials were sealed with a key that CONNECTIONS_KEY does not have: they cannot be used',
    'connections',
  ),
  'connections.not-revoked': warn('a provider did not take a consent back', 'provider', 'err'),
  'connections.key-made': info('made a key for the credentials of connections below DATA_DIR'),
} as const satisfies Record<string, LogEventSpec>;
