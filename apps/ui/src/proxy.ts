import { NextResponse, type NextRequest } from 'next/server';
import { publicIngestionUrl } from '@/server/services';

/** Every page gets a policy of its own: only scripts that carry its nonce run, and nothing comes from elsewhere. */
export function proxy(request: NextRequest): NextResponse {
  const nonce = btoa(crypto.randomUUID());
  const policy = contentSecurityPolicy(nonce, socketSource(request));
  const headers = new Headers(request.headers);
  headers.set('x-nonce', nonce);
  headers.set('content-security-policy', policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set('content-security-policy', policy);
  response.headers.set('x-content-type-options', 'nosniff');
  response.headers.set('x-frame-options', 'DENY');
  response.headers.set('referrer-policy', 'no-referrer');
  response.headers.set('cross-origin-opener-policy', 'same-origin');
  response.headers.set(
    'permissions-policy',
    'microphone=(self), display-capture=(self), camera=()',
  );
  return response;
}

export const config = { matcher: ['/((?!api/|_next/static|_next/image).*)'] };

function contentSecurityPolicy(nonce: string, sockets: string): string {
  const development = process.env.NODE_ENV === 'development' ? " 'unsafe-eval'" : '';
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${development}`,
    `style-src 'self' 'nonce-${nonce}'`,
    // Widths of bars and places of menus are style attributes; they load nothing.
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "media-src 'self' blob:",
    "font-src 'self'",
    `connect-src 'self' ${sockets}`,
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/** Where the microphone's socket goes: what NEXT_PUBLIC_API_URL says, else ingestion on the page's own host. */
function socketSource(request: NextRequest): string {
  const url = new URL(publicIngestionUrl(request.headers.get('host')));
  url.protocol = url.protocol.replace('http', 'ws');
  return url.origin === 'null' ? `${url.protocol}//${url.host}` : url.origin;
}
