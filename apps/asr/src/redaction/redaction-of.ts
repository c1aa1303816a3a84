import type { MeetingEntity } from '../sessions/meeting.entity';

/**
 * What is taken out of what is said in a meeting. Where nobody said what it is, everything: what is taken out in vain does
 * less harm than what stays in. Who announced it without a word about names knew of none: a version before this one.
 */
export function redactionOf(
  meeting: Pick<MeetingEntity, 'redactPersonalData' | 'redactNames'> | null,
): { redactPersonalData: boolean; redactNames: boolean } {
  const contacts = meeting?.redactPersonalData ?? null;
  return {
    redactPersonalData: contacts ?? true,
    redactNames: meeting?.redactNames ?? contacts === null,
  };
}
