import type { BegunSignIn, CompletedSignIn, SignInOptions } from '@parley/client';
import { cookies } from 'next/headers';
import { seal, unseal } from './seal';
import { serviceUrl } from './services';
import { isSecure } from './session';

/** Below here the identity provider sends people back to. */
const PATH = '/sign-in/openid';
const PURPOSE = 'sign-in';
/** Whoever opens the page waits for it. */
const OFFERED_WITHIN_MS = 2_000;
/** Longer than ingestion takes for any request. */
const ANSWERED_WITHIN_MS = 20_000;
/** Whoever opens the page asks; what is asked for changes with a start of ingestion. */
const OFFERED_FOR_MS = 10_000;

/** What came of a question to ingestion: its answer, or the code of the problem. */
export type Outcome<T> = { answer: T } | { fault: string };

/** What a browser keeps while its person is at the identity provider. */
interface Attempt {
  attempt: string;
  next: string;
}

let offered: { options: SignInOptions; untilMs: number } | null = null;

/** Through whom people may sign in besides with a key, and where they begin; null: through nobody, or nobody knows. */
export async function signInOffer(next: string): Promise<{ name: string; url: string } | null> {
  const provider = (await signInOptions())?.provider;
  if (!provider) return null;
  const { name, callbackUrl } = provider;
  // Of the origin that they come back to, by whatever name they know this one: the cookie is that origin's.
  const url = new URL(PATH, callbackUrl);
  url.searchParams.set('next', next);
  return { name, url: url.href };
}

async function signInOptions(): Promise<SignInOptions | null> {
  if (offered && offered.untilMs > performance.now()) return offered.options;
  const asked = await ask<SignInOptions>('GET', '', undefined, OFFERED_WITHIN_MS);
  if (!('answer' in asked)) return null;
  offered = { options: asked.answer, untilMs: performance.now() + OFFERED_FOR_MS };
  return asked.answer;
}

export function beginSignIn(): Promise<Outcome<BegunSignIn>> {
  return ask('POST', '/begin');
}

export function completeSignIn(attempt: string, answer: string): Promise<Outcome<CompletedSignIn>> {
  return ask('POST', '/complete', { attempt, answer });
}

/**
 * Ends a key that came of a sign-in; one that a person made is left as it is.
 * @returns whether it is certain that it opens nothing any more.
 */
export async function endSignIn(apiKey: string): Promise<boolean> {
  const headers = { authorization: `Bearer ${apiKey}` };
  const signal = AbortSignal.timeout(ANSWERED_WITHIN_MS);
  const url = new URL('/v1/sign-in', serviceUrl('ingestion'));
  const answer = await fetch(url, { method: 'DELETE', headers, signal }).catch(() => null);
  return answer !== null && (answer.ok || answer.status === 401);
}

/** Lax: the way back from the provider is from another site. Each attempt has its own, so that two tabs may try. */
export async function keepAttempt(
  kept: Attempt,
  { state, expiresAt }: BegunSignIn,
  request: Request,
): Promise<void> {
  const untilMs = Date.parse(expiresAt);
  const { name, ...where } = cookieOf(state, request);
  (await cookies()).set(name, seal(kept, PURPOSE, untilMs), {
    ...where,
    httpOnly: true,
    sameSite: 'lax',
    expires: untilMs,
  });
}

/** What this browser began under `state`, once. */
export async function takeAttempt(state: string | null, request: Request): Promise<Attempt | null> {
  if (!state || !/^[\w-]{43}$/.test(state)) return null;
  const jar = await cookies();
  const { name, ...where } = cookieOf(state, request);
  const kept = jar.get(name)?.value;
  jar.set(name, '', { ...where, maxAge: 0 });
  return unseal<Attempt>(kept, PURPOSE, Date.now());
}

/** Leads a browser on; not by an absolute address, since a proxy may know this page by another name. */
export function leadTo(path: string): Response {
  return new Response(null, {
    status: 303,
    headers: { location: path, 'cache-control': 'no-store' },
  });
}

/** Back to where one signs in, which says what went wrong. */
export function leadBack(fault: string, next: string): Response {
  return leadTo(`/sign-in?${new URLSearchParams({ fault, next }).toString()}`);
}

/** Behind TLS no other host of the domain can set it (`__Host-`), which takes the whole path. */
function cookieOf(state: string, request: Request) {
  const name = `parley_sign_in_${state.slice(0, 12)}`;
  return isSecure(request)
    ? { name: `__Host-${name}`, secure: true, path: '/' }
    : { name, secure: false, path: PATH };
}

async function ask<T>(
  method: 'GET' | 'POST',
  path: string,
  body?: object,
  withinMs = ANSWERED_WITHIN_MS,
): Promise<Outcome<T>> {
  try {
    const answer = await fetch(new URL(`/v1/sign-in${path}`, serviceUrl('ingestion')), {
      method,
      cache: 'no-store',
      signal: AbortSignal.timeout(withinMs),
      ...(body
        ? { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
        : {}),
    });
    const said = (await answer.json()) as T & { type?: string };
    return answer.ok ? { answer: said } : { fault: said.type?.split('/').at(-1) ?? 'unavailable' };
  } catch {
    return { fault: 'unavailable' };
  }
}
