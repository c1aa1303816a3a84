/** One address, of the signs of ASCII alone: of others some look alike, or are the same in lower case. */
const ADDRESS = /^[!-?A-~]+@[!-?A-~]+$/;
const CONTROLS = /\p{C}/u;

/** The address of somebody who signed in, where the provider has verified that it is theirs. */
export function verifiedAddress(person: {
  email: string | undefined;
  emailVerified: boolean;
}): string | null {
  const { email = '', emailVerified } = person;
  return emailVerified && ADDRESS.test(email) && isShown(email) ? email.toLowerCase() : null;
}

/**
 * What somebody is called whose address nobody verified: the provider's own name for them, with blanks around its `@`, so
 * that it is nobody's address.
 * @returns null for what cannot be read.
 */
export function subjectName(subject: string, issuer: string): string | null {
  const provider = issuer.slice(issuer.indexOf('//') + 2);
  return isShown(subject) ? `subject ${subject} @ ${provider}` : null;
}

/** Whether a key that somebody makes would pass for a person's: in whatever script, theirs alone have an `@`. */
export function couldBeAPerson(name: string): boolean {
  return name.normalize('NFKC').includes('@');
}

function isShown(text: string): boolean {
  return text !== '' && text.length <= 255 && !CONTROLS.test(text);
}
