import { makeEvent, newId, type Envelope } from '@parley/contracts';

/** A valid event of the `meeting` topic. */
export function meetingEnded(): Envelope<'meeting.ended'> {
  const data = { endedAt: '2026-11-22T10:00:00.000Z', channels: ['main'] };
  return makeEvent('meeting.ended', data, { meetingId: newId() });
}

/** A valid event of the `meeting` topic, of another type. */
export function meetingErased(): Envelope<'meeting.erased'> {
  return makeEvent(
    'meeting.erased',
    { erasedAt: '2026-11-22T10:00:00.000Z' },
    { meetingId: newId() },
  );
}

/** A valid event of another topic. */
export function documentRemoved(): Envelope<'document.removed'> {
  return makeEvent('document.removed', { documentId: newId() });
}
