import { promised, shown } from '../../harness/broken-promise';
import type { Answer } from '../../harness/http';

const WANTED: [string, RegExp][] = [
  ['x-content-type-options', /^nosniff$/],
  ['x-frame-options', /^(DENY|SAMEORIGIN)$/i],
  ['referrer-policy', /^(no-referrer|same-origin|strict-origin)/],
  ['cross-origin-opener-policy', /^same-origin$/],
  ['cross-origin-resource-policy', /^same-(origin|site)$/],
  ['strict-transport-security', /^max-age=\d{7,}/],
];

/** @throws BrokenPromiseError naming the header that an answer lacks, or the one that says too much */
export function assertSecurityHeaders({ method, path, status, headers }: Answer): void {
  const about = `${method} ${shown(path)} (${status})`;
  for (const [name, wanted] of WANTED) {
    const value = headers[name];
    promised(
      typeof value === 'string' && wanted.test(value),
      `${about}: ${name} is ${shown(value)}`,
    );
  }
  for (const name of ['x-powered-by', 'server']) {
    promised(headers[name] === undefined, `${about} tells ${name}: ${shown(headers[name])}`);
  }
}
