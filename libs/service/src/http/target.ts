import { ProblemError } from '@parley/contracts';

const ODD = /%(?![0-9A-Fa-f]{2})|%00/;

/** The path of a request's target, without query; what a proxy would send whole is cut to it. */
export function pathOf(url: string): string {
  const end = url.search(/[?#]/);
  const target = end < 0 ? url : url.slice(0, end);
  return target.startsWith('/') ? target : target.replace(/^[a-z]+:\/\/[^/]*/i, '') || '/';
}

/** @throws ProblemError `malformed-request` for a path that cannot be decoded, and for NUL anywhere. */
export function assertReadable(url: string, path: string): void {
  if (!url.includes('%')) return;
  if (ODD.test(path) || url.includes('%00')) throw unreadable();
  try {
    decodeURIComponent(path);
  } catch {
    throw unreadable();
  }
}

function unreadable(): ProblemError {
  return new ProblemError('malformed-request', 'The address holds an encoding that means nothing.');
}
