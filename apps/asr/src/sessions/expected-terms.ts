/** Names beside the words, all of which are kept. */
const MOST_NAMES = 200;

/** What may be heard in a meeting: the names of those who are in it, then all of its words. */
export function expectedTerms(
  participants: readonly { name: string }[],
  words: readonly string[],
): string[] {
  // What stands in brackets is said about somebody, not to them.
  const names = participants.flatMap(({ name }) => name.replace(/\(.*?\)/g, ' ').split(/\s+/));
  const called = [...new Set(names)].filter((name) => name !== '').slice(0, MOST_NAMES);
  return [...new Set([...called, ...words])];
}
