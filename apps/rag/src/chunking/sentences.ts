const segmenter = new Intl.Segmenter('en', { granularity: 'sentence' });
/** The segmenter ends a sentence after these when a capital follows. */
const ABBREVIATION = /(?:^|[\s(])(?:Mr|Mrs|Ms|Dr|Prof|St|vs|e\.g|i\.e|No|Fig|Inc|Ltd|approx)\.$/;

/** The sentences of a paragraph, trimmed, none empty. */
export function splitSentences(paragraph: string): string[] {
  const sentences: string[] = [];
  let open = '';
  for (const { segment } of segmenter.segment(paragraph)) {
    open += segment;
    if (ABBREVIATION.test(open.trimEnd())) continue;
    if (open.trim() !== '') sentences.push(open.trim());
    open = '';
  }
  if (open.trim() !== '') sentences.push(open.trim());
  return sentences;
}

export function countWords(text: string): number {
  return text.match(/\S+/g)?.length ?? 0;
}
