/** Without blanks around them, each once, however it is written large or small; the first spelling stays. */
export function wordsOf(...lists: readonly (readonly string[])[]): string[] {
  const words = new Map<string, string>();
  for (const word of lists.flat().map((one) => one.trim())) {
    const key = word.toLowerCase();
    if (word !== '' && !words.has(key)) words.set(key, word);
  }
  return [...words.values()];
}
