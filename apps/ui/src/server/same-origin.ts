const SAFE = new Set(['GET', 'HEAD']);

/**
 * Whether a request that changes something comes from the page itself. Browsers say so in `Sec-Fetch-Site`, older
 * ones in `Origin`; who says neither is no browser and has no session cookie either.
 */
export function isOwnRequest(request: Request): boolean {
  if (SAFE.has(request.method)) return true;
  const site = request.headers.get('sec-fetch-site');
  if (site) return site === 'same-origin';
  const origin = request.headers.get('origin');
  if (origin === null) return true;
  // A page without an origin says `null`, which is no address.
  return URL.canParse(origin) && new URL(origin).host === request.headers.get('host');
}
