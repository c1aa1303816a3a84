import { makeEvent, type Envelope } from '@parley/contracts';
import type { MeetingEntity } from './meeting.entity';

/** Tells the others what a meeting is called and who takes part; told again it replaces what they know. */
export function startedEvent(meeting: MeetingEntity): Envelope<'meeting.started'> {
  const { id, workspaceId, title, privacyMode, participants, language, timeZone } = meeting;
  return makeEvent(
    'meeting.started',
    {
      title,
      privacyMode,
      participants,
      language,
      timeZone,
      vocabulary: meeting.vocabulary,
      startedAt: meeting.startedAt.toISOString(),
      redactPersonalData: meeting.redactPersonalData,
      redactNames: meeting.redactNames,
    },
    { meetingId: id, workspaceId },
  );
}
