import type { Entity } from '@parley/contracts';
import type { ParsedText, Term } from '../text/parsed-text';
import { overlaps } from '../text/span';

const MAX_TOPICS = 3;
const MAX_WORDS = 4;
/** Nouns that say nothing about what a meeting is about. */
const STOP_WORDS = new Set(
  (
    'thing things stuff way ways lot lots kind sort bit one ones everyone everybody someone somebody anyone anybody ' +
    'nobody something anything everything nothing guy guys people time times day today tomorrow yesterday week month ' +
    'year morning afternoon evening moment minute second hour okay ok yeah yes no thanks thank hello hi hey bye please ' +
    'my our your his her their its call calls meeting meetings years months weeks days hours minutes old percent cents dollars euros ' +
    'sure right question questions point points part example idea fact case problem reason sense course end rest ' +
    'number couple few side place anyway um uh er half next last first step weekend lunch noon sorry team that this ' +
    'mm mmm mhm hm hmm mm-hmm uh-huh ah aha oh ooh huh wow there here all i you he she it we they me him us them'
  ).split(' '),
);
/** May stand in front of a noun but never end or make a topic alone. */
const LEADS = ['Adjective', 'Gerund'];
const NEVER = [
  'Pronoun',
  'Date',
  'Value',
  'Money',
  'Determiner',
  'Conjunction',
  'Preposition',
  'QuestionWord',
  'Expression',
];

/** Up to three noun phrases, in lower case, that say what a text is about: longer and repeated ones first. */
export function findTopics(parsed: ParsedText, entities: readonly Entity[]): string[] {
  const hidden = entities.filter(({ type }) => type !== 'organization');
  const counts = new Map<string, { score: number; order: number }>();
  for (const phrase of parsed.sentences.flatMap((terms) => phrasesOf(terms, hidden))) {
    const known = counts.get(phrase);
    const words = phrase.split(' ').length;
    counts.set(phrase, {
      score: (known?.score ?? 0) + Math.min(words, 3),
      order: known?.order ?? counts.size,
    });
  }
  return [...counts]
    .sort(([, one], [, other]) => other.score - one.score || one.order - other.order)
    .map(([phrase]) => phrase)
    .slice(0, MAX_TOPICS);
}

function phrasesOf(terms: readonly Term[], hidden: readonly Entity[]): string[] {
  const phrases: string[] = [];
  let words: Term[] = [];
  const finish = (): void => {
    while (words.length > 0 && !isNoun(words.at(-1))) words.pop();
    while (words.length > 0 && isStop(words[0])) words.shift();
    const kept = words.slice(-MAX_WORDS);
    const phrase = kept.map(clean).filter(Boolean).join(' ');
    if (kept.some((term) => isNoun(term) && !isStop(term)) && /\p{L}{2}/u.test(phrase))
      phrases.push(phrase);
    words = [];
  };
  for (const term of terms) {
    const usable = !hidden.some((entity) => overlaps(entity, term));
    if (usable && (isNoun(term) || LEADS.some((tag) => term.tags.has(tag)))) words.push(term);
    else finish();
    if (/[,;:.?!]/.test(term.after) || /['’]s$/.test(term.text)) finish();
  }
  finish();
  return phrases;
}

function isNoun(term: Term | undefined): boolean {
  return !!term && term.tags.has('Noun') && !NEVER.some((tag) => term.tags.has(tag));
}

function isStop(term: Term | undefined): boolean {
  return !!term && STOP_WORDS.has(clean(term));
}

function clean(term: Term): string {
  return term.text
    .toLowerCase()
    .replace(/['’]s?$/, '')
    .replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '');
}
