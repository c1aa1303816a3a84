import { makeEvent, type Envelope } from '@parley/contracts';
import type { MeetingEntity } from '../meetings/meeting.entity';

/** Tells asr that audio of this channel begins to come, and whose it is. */
export function sessionOpened(
  meeting: MeetingEntity,
  channel: string,
): Envelope<'audio.session.opened'> {
  const owner = meeting.participants.find((person) => person.channel === channel);
  return makeEvent(
    'audio.session.opened',
    {
      channel,
      speaker: owner ? { id: owner.id, name: owner.name, participantId: owner.id } : null,
      language: meeting.language,
      startedAt: meeting.startedAt.toISOString(),
    },
    { meetingId: meeting.id, workspaceId: meeting.workspaceId },
  );
}
