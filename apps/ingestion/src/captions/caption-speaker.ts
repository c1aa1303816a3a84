import type { Participant, Speaker } from '@parley/contracts';
import type { MeetingEntity } from '../meetings/meeting.entity';
import { captionDigest } from './caption-digest';

/** Who said something, as far as it is known. */
export interface CaptionSpeaker {
  speaker: Speaker | null;
  /** Where it is one of the meeting's. */
  participant?: Participant;
}

/** The participant of this name, whatever its case; else somebody of that name. Without one: whose channel it is. */
export function captionSpeaker(
  name: string | undefined,
  channel: string,
  { participants, captionSecret }: Pick<MeetingEntity, 'participants' | 'captionSecret'>,
): CaptionSpeaker {
  const named = name === undefined ? undefined : plain(name);
  const found = participants.filter((person) =>
    named === undefined ? person.channel === channel : folded(person.name) === folded(named),
  );
  const [participant] = found.length === 1 ? found : [];
  if (participant) {
    const { id } = participant;
    return { speaker: { id, name: participant.name, participantId: id }, participant };
  }
  if (named === undefined) return { speaker: null };
  return { speaker: { id: `named-${captionDigest(captionSecret, folded(named))}`, name: named } };
}

function plain(name: string): string {
  return name.normalize('NFC').replace(/\s+/g, ' ').trim();
}

function folded(name: string): string {
  return plain(name).toLowerCase();
}
