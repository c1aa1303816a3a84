import type { Transcription } from '../speech-engine';
import { Vocabulary } from './vocabulary';

/** For models that take no hints: what they wrote is spelled as the meeting spells it. */
export class Respelling {
  private readonly vocabularies = new WeakMap<readonly string[], Vocabulary>();

  /** Of English only: which words are words is looked up in an English dictionary. */
  of(heard: Transcription, language: string, terms: readonly string[] | undefined): Transcription {
    if (!terms || terms.length === 0 || language !== 'en') return heard;
    const vocabulary = this.vocabularies.get(terms) ?? new Vocabulary(terms);
    this.vocabularies.set(terms, vocabulary);
    const text = vocabulary.respell(heard.text);
    // A word in pieces may have become one: the times of the pieces are nobody's any more.
    return text === heard.text ? heard : { text };
  }
}
