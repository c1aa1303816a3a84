/** What somebody did to the words that they saw, done to the words as they are now. */
export function changeWords(
  seen: readonly string[],
  wanted: readonly string[],
  now: readonly string[],
): string[] {
  const before = lettersOf(seen);
  const after = lettersOf(wanted);
  const kept = now.filter((word) => {
    const letters = word.toLowerCase();
    return after.has(letters) || !before.has(letters);
  });
  const there = lettersOf(kept);
  const added = wanted.filter((word) => {
    const letters = word.toLowerCase();
    return !before.has(letters) && !there.has(letters);
  });
  return [...kept, ...added];
}

/** A word is the same in capitals. */
function lettersOf(words: readonly string[]): Set<string> {
  return new Set(words.map((word) => word.toLowerCase()));
}
