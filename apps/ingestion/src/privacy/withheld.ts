import type { Participant, PrivacyMode } from '@parley/contracts';

/** What decides over a meeting's audio; grows by one with every change. */
export interface PrivacyState {
  epoch: number;
  privacyMode: PrivacyMode;
  participants: Pick<Participant, 'channel' | 'consent'>[];
}

/**
 * Whether audio of this channel may not be kept. A channel of one's own follows its owner. On one that several share
 * nobody can tell voices apart before they are decoded: one person who declined withholds it.
 */
export function isWithheld(state: PrivacyState, channel: string): boolean {
  const owner = state.participants.find((person) => person.channel === channel);
  return areWordsWithheld(state, owner);
}

/** The same of what somebody said, where it is known who; else it may be of anybody who declined. */
export function areWordsWithheld(
  { privacyMode, participants }: Pick<PrivacyState, 'privacyMode' | 'participants'>,
  person: PrivacyState['participants'][number] | undefined,
): boolean {
  if (privacyMode === 'off-the-record') return true;
  if (person) return person.consent === 'declined';
  return participants.some(({ consent }) => consent === 'declined');
}
