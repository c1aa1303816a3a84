import { cookies } from 'next/headers';
import { seal, unseal } from './seal';

export const SESSION_COOKIE = 'parley_session';
/** Twelve hours: a working day. */
const SESSION_MS = 12 * 60 * 60 * 1_000;
/** Nothing: so were the sessions sealed that are still under way. */
const PURPOSE = '';

/** Keeps an API key where no script reads it, for twelve hours or as long as it is valid. */
export async function beginSession(
  apiKey: string,
  request: Request,
  validUntilMs = Number.POSITIVE_INFINITY,
): Promise<void> {
  const nowMs = Date.now();
  const untilMs = Math.min(nowMs + SESSION_MS, validUntilMs);
  (await cookies()).set(SESSION_COOKIE, seal({ apiKey }, PURPOSE, untilMs), {
    httpOnly: true,
    sameSite: 'strict',
    secure: isSecure(request),
    path: '/',
    maxAge: Math.max(0, Math.floor((untilMs - nowMs) / 1_000)),
  });
}

/** @returns the API key of the visitor's session; null without one, or when it is over. */
export async function sessionKey(): Promise<string | null> {
  const cookie = (await cookies()).get(SESSION_COOKIE)?.value;
  return unseal<{ apiKey: string }>(cookie, PURPOSE, Date.now())?.apiKey ?? null;
}

export async function endSession(): Promise<void> {
  (await cookies()).delete(SESSION_COOKIE);
}

/** Loopback has no certificate; behind TLS the proxy says so. */
export function isSecure(request: Request): boolean {
  return request.headers.get('x-forwarded-proto') === 'https';
}
