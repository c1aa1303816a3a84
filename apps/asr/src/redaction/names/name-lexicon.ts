import compromise from 'compromise';

/** What a word may be besides nothing that is known. */
export type WordKind =
  /** A name, and hardly anything else: Sanjay. */
  | 'given'
  | 'surname'
  /** A name and an everyday word: Mark, Grace, Bill. */
  | 'everyday'
  /** A name and a place: Jordan. */
  | 'place'
  /** A name and a month: April. */
  | 'date'
  /** A place, an organisation, a nationality, a day: written with a capital, and no name of a person. */
  | 'other-name'
  /** An ordinary word. */
  | 'word';

interface Model {
  one: { lexicon: Record<string, string | string[]> };
  two: { switches: Record<string, string> };
}

/** Names that the lexicon has only as something else. */
const EVERYDAY = ['will', 'hope', 'mo', 'kit', 'ivy', 'iris', 'sage', 'major', 'max', 'terry'];
const SWITCHES: Record<string, WordKind> = {
  'Person|Noun': 'everyday',
  'Person|Verb': 'everyday',
  'Person|Adj': 'everyday',
  'Person|Place': 'place',
  'Person|Date': 'date',
};
const OTHER =
  /^(?:City|Country|Region|Place|Organization|WeekDay|Month|Demonym|Currency|Company|School|SportsTeam)$/;

let kinds: Map<string, WordKind> | undefined;

/** What a word may be, by the lexicon of compromise (MIT), which is read when a meeting first wants it. */
export function kindOf(word: string): WordKind | undefined {
  kinds ??= readKinds();
  return kinds.get(word.toLowerCase());
}

/** Reads the lexicon, which takes half a second, while nobody speaks yet. */
export function readyNames(): void {
  kinds ??= readKinds();
}

function readKinds(): Map<string, WordKind> {
  const { one, two } = compromise.model() as unknown as Model;
  const known = new Map<string, WordKind>();
  for (const [word, tags] of Object.entries(one.lexicon)) known.set(word, kindOfTags(tags));
  for (const [word, tags] of Object.entries(two.switches)) {
    const kind = SWITCHES[tags];
    if (kind) known.set(word, kind);
  }
  for (const word of EVERYDAY) known.set(word, 'everyday');
  known.set('may', 'date');
  return known;
}

function kindOfTags(given: string | string[]): WordKind {
  const tags = [given].flat();
  if (tags.some((tag) => /^(?:FirstName|MaleName|FemaleName)$/.test(tag))) return 'given';
  if (tags.includes('LastName')) return 'surname';
  return tags.some((tag) => OTHER.test(tag)) ? 'other-name' : 'word';
}
