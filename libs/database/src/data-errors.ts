/** Classes of SQLSTATE that say: what was to be written cannot be, whenever it is tried. */
const REFUSED_DATA = /^(22...|54000)$/;

/**
 * Whether the database refused what a row was to hold: a NUL character in a text, a number out of range, a key too long
 * for its index. Trying again changes nothing.
 */
export function isDataRefused(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const { code } = cause as { code?: unknown };
    if (typeof code === 'string' && REFUSED_DATA.test(code)) return true;
  }
  return false;
}
