import { isOwnRequest } from '@/server/same-origin';
import { endSignIn } from '@/server/provider-sign-in';
import { serviceUrl } from '@/server/services';
import { beginSession, endSession, sessionKey } from '@/server/session';

export const dynamic = 'force-dynamic';

const LONGEST_KEY = 512;

/** Signs in: the key is tried at the service that everything begins with, then kept where no script reads it. */
export async function POST(request: Request): Promise<Response> {
  if (!isOwnRequest(request)) return new Response(null, { status: 403 });
  const { key } = (await request.json().catch(() => ({}))) as { key?: unknown };
  if (
    typeof key !== 'string' ||
    key === '' ||
    key.length > LONGEST_KEY ||
    /[^\x21-\x7e]/.test(key)
  ) {
    return new Response(null, { status: 400 });
  }
  const url = new URL('/v1/meetings?limit=1', serviceUrl('ingestion'));
  const tried = await fetch(url, { headers: { authorization: `Bearer ${key}` } }).catch(() => null);
  if (!tried) return new Response(null, { status: 503 });
  if (!tried.ok) return new Response(null, { status: tried.status });
  await beginSession(key, request);
  return new Response(null, { status: 204 });
}

/** Signs out, here in any case; the key that came of signing in through a provider ends with it, where that can be said. */
export async function DELETE(request: Request): Promise<Response> {
  if (!isOwnRequest(request)) return new Response(null, { status: 403 });
  const key = await sessionKey();
  const ended = key === null || (await endSignIn(key));
  await endSession();
  return ended ? new Response(null, { status: 204 }) : Response.json({ ended });
}
