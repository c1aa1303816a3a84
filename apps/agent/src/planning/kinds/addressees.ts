import type { Participant } from '@parley/contracts';

/** Who is meant, as spoken; with an address only where the participant list gives one. */
export function addressees(
  spoken: string,
  participants: Participant[],
): { name: string; email?: string }[] {
  return spoken
    .split(/\s*(?:,|\band\b)\s*/i)
    .filter((name) => name !== '')
    .map((name) => {
      const known = participants.find((person) => isNamed(person.name, name));
      return known?.email ? { name: known.name, email: known.email } : { name };
    });
}

function isNamed(full: string, spoken: string): boolean {
  const wanted = spoken.toLowerCase();
  return full.toLowerCase() === wanted || full.toLowerCase().split(' ')[0] === wanted;
}
