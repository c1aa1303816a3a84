import { isOwnRequest } from '@/server/same-origin';
import { isService, serviceUrl } from '@/server/services';
import { sessionKey } from '@/server/session';
import { strings } from '@/strings';

const said = strings.problem;

export const dynamic = 'force-dynamic';

/** What may be asked for through the page: the public API and how a service is, nothing else. */
const REACHABLE = /^(v1(\/|$)|health$)/;
const FORWARDED = [
  'accept',
  'content-type',
  'idempotency-key',
  'if-match',
  'last-event-id',
  'x-request-id',
];
const ANSWERED = [
  'content-type',
  'content-disposition',
  'etag',
  'idempotent-replayed',
  'retry-after',
  'x-request-id',
];

interface Context {
  params: Promise<{ service: string; path: string[] }>;
}

/** Hands a request of the page on to a service, as the visitor: with their key if they signed in, else without any. */
async function forward(request: Request, { params }: Context): Promise<Response> {
  const { service, path } = await params;
  const target = path.map(encodeURIComponent).join('/');
  if (!isService(service) || !REACHABLE.test(target) || path.includes('..')) {
    return problem(404, 'not-found', said.noRoute);
  }
  if (!isOwnRequest(request)) return problem(403, 'forbidden', said.foreign);
  const headers = chosen(request.headers, FORWARDED);
  const apiKey = await sessionKey();
  if (apiKey) headers.set('authorization', `Bearer ${apiKey}`);
  const url = new URL(`/${target}${new URL(request.url).search}`, serviceUrl(service));
  try {
    const answer = await fetch(url, {
      method: request.method,
      headers,
      body: request.body,
      signal: request.signal,
      redirect: 'manual',
      cache: 'no-store',
      // A body that is still arriving is handed on as it comes.
      ...(request.body ? { duplex: 'half' } : {}),
    });
    const answered = chosen(answer.headers, ANSWERED);
    answered.set('cache-control', 'no-store');
    // Held back by nobody on the way: a feed is read as it is written.
    answered.set('x-accel-buffering', 'no');
    return new Response(answer.body, { status: answer.status, headers: answered });
  } catch {
    return problem(503, 'unavailable', `${said.awayBefore} ${service} ${said.awayAfter}`);
  }
}

function chosen(from: Headers, names: string[]): Headers {
  const headers = new Headers();
  for (const name of names) {
    const value = from.get(name);
    if (value !== null) headers.set(name, value);
  }
  return headers;
}

function problem(status: number, code: string, detail: string): Response {
  const body = { type: `https://parley.dev/problems/${code}`, title: detail, status, detail };
  return Response.json(body, { status, headers: { 'content-type': 'application/problem+json' } });
}

export { forward as GET, forward as POST, forward as PUT, forward as PATCH, forward as DELETE };
