import { setFlagsFromString } from 'node:v8';

/** V8's own: the young generation doubles until it meets its limit. */
const USUAL_GROWTH = 2;

/**
 * Loading some 2,000 modules makes garbage that would grow the young generation to its limit: some 25 MB that an
 * idle service never gives back. Until `bootFinished` it stays small, which costs no measurable time.
 */
export function beginLeanBoot(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
}

/** The service serves: from now on its garbage is what requests make, and V8 may grow as it likes. */
export function bootFinished(): void {
  setFlagsFromString(`--semi-space-growth-factor=${USUAL_GROWTH}`);
}
