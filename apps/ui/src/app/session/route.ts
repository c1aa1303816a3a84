import { cookies } from 'next/headers';
import { isOwnRequest } from '@/server/same-origin';
import { serviceUrl } from '@/server/services';
import { sealSession, SESSION_COOKIE, SESSION_SECONDS } from '@/server/session';

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
  (await cookies()).set(SESSION_COOKIE, sealSession(key, Date.now()), {
    httpOnly: true,
    sameSite: 'strict',
    // Loopback has no certificate; behind TLS the proxy says so.
    secure: request.headers.get('x-forwarded-proto') === 'https',
    path: '/',
    maxAge: SESSION_SECONDS,
  });
  return new Response(null, { status: 204 });
}

export async function DELETE(request: Request): Promise<Response> {
  if (!isOwnRequest(request)) return new Response(null, { status: 403 });
  (await cookies()).delete(SESSION_COOKIE);
  return new Response(null, { status: 204 });
}
