const NOWHERE = 'http://page.invalid';
/** It is kept in a cookie, which takes four thousand. */
const LONGEST = 1_000;

/** A path of this page, never an address: signing in must not lead elsewhere. Else the meetings. */
export function ownPath(next: unknown): string {
  if (typeof next !== 'string' || !next.startsWith('/') || !URL.canParse(next, NOWHERE)) return '/';
  // As a browser reads it, to whom a backslash is a slash, a tab nothing, and `/.//` two slashes.
  const { origin, pathname, search, hash } = new URL(next, NOWHERE);
  const path = pathname + search + hash;
  const isOwn = origin === NOWHERE && !pathname.startsWith('//');
  return isOwn && path.length <= LONGEST ? path : '/';
}
