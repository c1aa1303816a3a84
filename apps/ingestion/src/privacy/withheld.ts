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
export function isWithheld({ privacyMode, participants }: PrivacyState, channel: string): boolean {
  if (privacyMode === 'off-the-record') return true;
  const owner = participants.find((person) => person.channel === channel);
  if (owner) return owner.consent === 'declined';
  return participants.some(({ consent }) => consent === 'declined');
}
