import type { ActionArguments, Citation } from '@parley/contracts';
import MailComposer from 'nodemailer/lib/mail-composer';
import { actionText } from '../action-text';

const ADDRESS = /^[^\s@<>,;:"]{1,64}@[^\s@<>,;:"]{1,255}$/;

export interface OutgoingMail {
  to: string[];
  cc: string[];
  subject: string;
  text: string;
  /** Made of the action's id: the same for every attempt, and findable. */
  messageId: string;
}

/** An action as a mail. Who was named without an address is left out of `to`; the composer escapes the rest. */
export function outgoingMail(
  actionId: string,
  given: ActionArguments,
  citations: readonly Citation[],
): OutgoingMail {
  const { to, cc, subject, ...rest } = given;
  const { heading, body, details, quotes } = actionText(rest, citations);
  const title = typeof subject === 'string' && subject.trim() !== '' ? subject : heading;
  const text = [
    ...(body === undefined ? [] : [body]),
    ...details,
    // What is written for somebody is the body; where there is none, what was said is.
    ...(body === undefined ? quotes.map((quote) => `> ${quote}`) : []),
  ].join('\n');
  return {
    to: addresses(to),
    cc: addresses(cc),
    subject: title ?? '',
    text,
    messageId: messageId(actionId),
  };
}

export function messageId(actionId: string): string {
  return `<${actionId}@parley.invalid>`;
}

/** RFC 5322. Files and addresses that the fields might name are never read. */
export function composed(mail: OutgoingMail & { from?: string }): Promise<Buffer> {
  const composer = new MailComposer({ ...mail, disableFileAccess: true, disableUrlAccess: true });
  return composer.compile().build();
}

function addresses(value: unknown): string[] {
  const all = Array.isArray(value) ? value : [value];
  return all.map(addressOf).filter((address) => ADDRESS.test(address));
}

function addressOf(value: unknown): string {
  if (typeof value === 'string') return value.trim();
  const { email } = (value ?? {}) as { email?: unknown };
  return typeof email === 'string' ? email.trim() : '';
}
