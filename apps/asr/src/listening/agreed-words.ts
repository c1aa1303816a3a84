import { draftWords, type DraftWord } from './draft-words';

/** What is shown of an utterance that goes on. */
export interface AgreedText {
  text: string;
  /** How much of `text`, from its begin, no later draft of the utterance changes: its confirmed words. */
  stableLength: number;
}

/**
 * Keeps the drafts of one utterance from changing what has been read: words on which two successive drafts agree, as the
 * begin of what neither had confirmed before, are confirmed, and stay as they were shown then. This is LocalAgreement-2
 * of Whisper-Streaming (Macháček, Dabre, Bojar: "Turning Whisper into Real-Time Transcription System", 2023,
 * arXiv 2307.14743), without its times of words: each draft hears the utterance from its begin, so that words can be
 * placed by words.
 */
export class AgreedWords {
  private readonly confirmed: DraftWord[] = [];
  /** What the last draft had behind the confirmed words. */
  private tail: DraftWord[] = [];

  /** @param draft how the whole utterance sounds so far */
  take(draft: string): AgreedText {
    const words = draftWords(draft);
    const tail = words.slice(lengthHeardAs(this.confirmed, words));
    const agreed = commonLength(this.tail, tail);
    this.confirmed.push(...tail.slice(0, agreed));
    this.tail = tail.slice(agreed);
    const stable = textOf(this.confirmed);
    return { text: stable + textOf(this.tail), stableLength: stable.length };
  }
}

/**
 * How many of a draft's first words are another hearing of the confirmed ones: the number that takes the fewest wrong,
 * missing and added words to turn one into the other (the last row of the edit distance). So a draft that contradicts what
 * is confirmed neither says it again nor swallows what comes behind it, though it may need more or fewer words ("we're",
 * "we are"). Of several such numbers the greatest: a word that could be either is more likely a word of before, heard
 * differently, and rather missing for a moment than said twice. At most the words of the longest utterance, some sixty,
 * are compared.
 */
function lengthHeardAs(confirmed: readonly DraftWord[], words: readonly DraftWord[]): number {
  let row = Array.from({ length: words.length + 1 }, (_, length) => length);
  for (const [at, { key }] of confirmed.entries()) {
    const next = [at + 1];
    for (const [length, word] of words.entries()) {
      const heardDifferently = (row[length] ?? 0) + (word.key === key ? 0 : 1);
      const missing = (row[length + 1] ?? 0) + 1;
      const added = (next[length] ?? 0) + 1;
      next.push(Math.min(heardDifferently, missing, added));
    }
    row = next;
  }
  return confirmed.length === 0 ? 0 : row.lastIndexOf(Math.min(...row));
}

function commonLength(before: readonly DraftWord[], now: readonly DraftWord[]): number {
  const differs = now.findIndex(({ key }, at) => before[at]?.key !== key);
  return differs === -1 ? now.length : differs;
}

function textOf(words: readonly DraftWord[]): string {
  return words.map(({ shown }) => shown).join('');
}
