import { ProviderFailure } from '../provider-failure';

/**
 * What an error means for the mail. The server has it once it answered the dot at the mail's end with 250 (RFC 5321,
 * section 4.2.5): a refusal at any step is certain, and so is silence before a byte of the mail went out.
 */
export function toSmtpFailure(
  error: unknown,
  { isUnderWay, timedOut }: { isUnderWay: boolean; timedOut: boolean },
): ProviderFailure {
  // nodemailer's: the status the server answered with, where it did.
  const { responseCode: status } = error as { responseCode?: number };
  if (status !== undefined && status >= 400) return refusedBy(status);
  const reason = timedOut
    ? 'the mail server did not answer in time'
    : 'the mail server cannot be reached, or cut the line';
  return new ProviderFailure(reason, { retryable: true, uncertain: isUnderWay }, { cause: error });
}

const ABOUT_THE_LOGIN = new Set([530, 534, 535]);

function refusedBy(status: number): ProviderFailure {
  const reason = ABOUT_THE_LOGIN.has(status)
    ? 'the mail server refuses the credentials'
    : `the mail server answered ${status}`;
  // 4yz: not now; 5yz: not like this (RFC 5321, section 4.2.1).
  return new ProviderFailure(reason, { retryable: status < 500, uncertain: false });
}
