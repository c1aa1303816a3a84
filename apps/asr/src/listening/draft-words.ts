/** A letter of a script that is written without spaces: each is taken for a word. */
const UNSPACED =
  '(?=\\p{L})[\\p{scx=Han}\\p{scx=Hira}\\p{scx=Kana}\\p{scx=Thai}\\p{scx=Laoo}\\p{scx=Khmr}\\p{scx=Mymr}]';
const WORD = new RegExp(`\\s*(?:(?:${UNSPACED})[^\\p{L}\\p{N}\\s]*|(?:(?!${UNSPACED})\\S)+)`, 'gu');
const EDGE_MARKS = /^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu;

/** One word of a draft. */
export interface DraftWord {
  /** As it is written, with the space before it: joined, words are their text again. */
  shown: string;
  /** What makes it the same word: neither case nor the marks around it do. */
  key: string;
}

export function draftWords(text: string): DraftWord[] {
  return (text.trim().match(WORD) ?? []).map((shown) => {
    return { shown, key: shown.trim().toLowerCase().replace(EDGE_MARKS, '') };
  });
}
