import { ownPath } from '@/server/own-path';
import { completeSignIn, leadBack, leadTo, takeAttempt } from '@/server/provider-sign-in';
import { beginSession } from '@/server/session';

export const dynamic = 'force-dynamic';

/** Where the identity provider sends people back to. Only the browser that was sent there has what finishes it. */
export async function GET(request: Request): Promise<Response> {
  const { search, searchParams } = new URL(request.url);
  const kept = await takeAttempt(searchParams.get('state'), request);
  if (!kept) return leadBack('sign-in-over', '/');
  const next = ownPath(kept.next);
  const done = await completeSignIn(kept.attempt, search);
  if ('fault' in done) return leadBack(done.fault, next);
  const { secret, expiresAt } = done.answer;
  await beginSession(secret, request, Date.parse(expiresAt));
  // Not on to where they wanted: a browser that comes from another site does not bring the strict cookie along.
  return leadTo(`/sign-in/done?${new URLSearchParams({ next }).toString()}`);
}
