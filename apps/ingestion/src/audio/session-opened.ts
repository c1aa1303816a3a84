import { makeEvent, type Envelope } from '@parley/contracts';
import type { MeetingEntity } from '../meetings/meeting.entity';
import type { ChannelEntity } from './channel.entity';

/** Tells asr that something begins to come on this channel, and whose it is. */
export function sessionOpened(
  meeting: MeetingEntity,
  { channel, source }: Pick<ChannelEntity, 'channel' | 'source'>,
): Envelope<'audio.session.opened'> {
  const owners = meeting.participants.filter((person) => person.channel === channel);
  // Who shares a channel is told apart by voice.
  const [owner] = owners.length === 1 ? owners : [];
  return makeEvent(
    'audio.session.opened',
    {
      channel,
      source,
      speaker: owner ? { id: owner.id, name: owner.name, participantId: owner.id } : null,
      language: meeting.language,
      startedAt: meeting.startedAt.toISOString(),
      redactPersonalData: meeting.redactPersonalData,
      redactNames: meeting.redactNames,
    },
    { meetingId: meeting.id, workspaceId: meeting.workspaceId },
  );
}
