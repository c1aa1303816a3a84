import { createHash } from 'node:crypto';
import type { Participant, Speaker } from '@parley/contracts';

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
  participants: readonly Participant[],
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
  // The same for the same name, on every replica and after every restart.
  const id = `named-${createHash('sha256').update(folded(named)).digest('hex').slice(0, 16)}`;
  return { speaker: { id, name: named } };
}

function plain(name: string): string {
  return name.normalize('NFC').replace(/\s+/g, ' ').trim();
}

function folded(name: string): string {
  return plain(name).toLowerCase();
}
