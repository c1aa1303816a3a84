import { ownPath } from '@/server/own-path';
import { beginSignIn, keepAttempt, leadBack, leadTo } from '@/server/provider-sign-in';

export const dynamic = 'force-dynamic';

/** Sends a person to the identity provider. */
export async function GET(request: Request): Promise<Response> {
  // A picture or a frame of another page begins nothing.
  const wanted = request.headers.get('sec-fetch-dest') ?? 'document';
  if (wanted !== 'document') return new Response(null, { status: 403 });
  const next = ownPath(new URL(request.url).searchParams.get('next'));
  // Nor does another site, or a neighbour: whom it leads here presses the button themselves.
  const from = request.headers.get('sec-fetch-site') ?? 'none';
  if (from !== 'none' && from !== 'same-origin') {
    return leadTo(`/sign-in?${new URLSearchParams({ next }).toString()}`);
  }
  const begun = await beginSignIn();
  if ('fault' in begun) return leadBack(begun.fault, next);
  await keepAttempt({ attempt: begun.answer.attempt, next }, begun.answer, request);
  return leadTo(begun.answer.url);
}
