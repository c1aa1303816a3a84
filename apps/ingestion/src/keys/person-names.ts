/** One address, in lower case and without blanks. */
const ADDRESS = /^[^\s@]+@[^\s@]+$/;
const CONTROLS = /\p{C}/u;

/**
 * What somebody is called who signed in: their address, where the provider has verified it, else the provider's own name
 * for them, which has blanks around its `@` and so is nobody's address.
 */
export function personName(person: {
  email?: string | undefined;
  emailVerified: boolean;
  subject: string;
  issuer: string;
}): string | null {
  const email = person.email?.normalize('NFC').toLowerCase();
  if (person.emailVerified && email !== undefined && ADDRESS.test(email) && isShown(email)) {
    return email;
  }
  return isShown(person.subject)
    ? `subject ${person.subject} @ ${new URL(person.issuer).host}`
    : null;
}

/** Whether a key that somebody makes would pass for a person's: in whatever script, theirs alone have an `@`. */
export function couldBeAPerson(name: string): boolean {
  return name.normalize('NFKC').includes('@');
}

function isShown(text: string): boolean {
  return text !== '' && text.length <= 255 && !CONTROLS.test(text);
}
