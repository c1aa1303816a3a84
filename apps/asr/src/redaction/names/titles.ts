/** Written before a name, and none. */
export const TITLES: ReadonlySet<string> = new Set([
  ...['mr', 'mrs', 'ms', 'miss', 'mister', 'missus', 'dr', 'doctor'],
  ...['prof', 'professor', 'sir', 'madam'],
]);
