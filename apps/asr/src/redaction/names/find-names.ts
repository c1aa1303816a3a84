import type { PersonalSpan } from '../personal-span';
import { nameTokens, type NameToken } from './name-tokens';
import { TITLES } from './titles';

const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/).filter(Boolean));

const DETERMINERS = words(
  'the a an this that these those my our your his her their its each every any no',
);
/** Who does this is somebody. */
const PERSON_VERBS = words(
  `said says told tells asked asks mentioned mentions thinks thought wants wanted suggested suggests wrote writes
   agreed agrees explained explains promised offered knows knew believes reckons replied answered emailed called`,
);
/** Who is asked to do, or does, this at the start of a sentence. */
const AFTER_A_NAME = words(
  `will can could would should is was has had did does sent needs gets got made went came and`,
);
/** It is somebody to whom this is done. */
const BEFORE_A_NAME = words(
  `ask asks asked asking tell tells told telling thank thanks hi hey hello dear meet met meets invite invited
   email emailed ping pinged phone phoned mister`,
);
const TALKING = words(
  `talk talks talked talking speak speaks spoke spoken speaking chat chatted write wrote written send sent hear heard
   listen listened belongs report reports reported met meet`,
);
const TO_SOMEBODY = words('to with from by');
const AT_A_PLACE = words('in at from to near through across around into of via towards');
const PLACE_BEFORE = words(
  'san santa saint st port fort mount lake new los las el la south north east west upper lower',
);
const NO_PERSON_AFTER = words(
  `street road avenue lane square park hill airport hospital university college school bank institute foundation
   inc ltd limited corp corporation gmbh company county city river bay beach project`,
);
const PARTICLES = words('van von de der den da del di la le bin al ap ben el');
const NO_NAMES = words(
  `i i'm i've i'll i'd you we he she it they god jesus ok okay yeah yes no well um uh oh ah mm hmm hm mm-hmm uh-huh
   monday tuesday wednesday thursday friday saturday sunday english internet`,
);
/** The most words of one name. */
const LONGEST = 4;

/** Where people are named in a text, as far as capitals, a lexicon and the words around tell; titles stay. */
export function findNames(text: string): PersonalSpan[] {
  return spansOf(new NameReader(nameTokens(text)).read());
}

/** Whether the last word of a text that goes on may turn out to be somebody's name. */
export function mayBecomeName(text: string): PersonalSpan | null {
  const last = nameTokens(text).at(-1);
  if (!last?.isCapital || text.slice(last.end).trim() !== '') return null;
  const isOpen = last.opens
    ? last.kind === undefined || last.kind === 'everyday' || last.kind === 'date'
    : last.kind !== 'word' && last.kind !== 'other-name';
  return isOpen && !NO_NAMES.has(last.lower)
    ? { kind: 'name', start: last.start, end: last.end }
    : null;
}

class NameReader {
  private readonly names = new Set<NameToken>();

  constructor(private readonly tokens: readonly NameToken[]) {}

  /** The words of names, in order. */
  read(): NameToken[] {
    const { tokens, names } = this;
    for (const [at, token] of tokens.entries()) if (this.isName(at, token)) names.add(token);
    for (const at of tokens.keys()) this.goOn(at);
    for (const at of tokens.keys()) this.joinNeighbours(at);
    return tokens.filter((token) => names.has(token));
  }

  private isName(at: number, token: NameToken): boolean {
    const { kind, opens, isCapital, lower } = token;
    if (!isCapital || NO_NAMES.has(lower)) return false;
    const before = this.before(at);
    const after = this.after(at);
    if (before && TITLES.has(before.lower)) return true;
    if (before && PLACE_BEFORE.has(before.lower) && before.isCapital) return false;
    if (after && NO_PERSON_AFTER.has(after.lower) && after.isCapital) return false;
    switch (kind) {
      case 'given':
        return true;
      case 'surname':
      case 'everyday':
        if (opens) return this.actsAtStart(at);
        return !this.inPhrase(at);
      case 'place':
        return !(before && AT_A_PLACE.has(before.lower)) || this.isSpokenTo(at);
      case 'date':
        return this.isAddressed(at) || this.isSpokenTo(at) || this.saysSomething(at);
      case 'word':
      case 'other-name':
        return false;
      case undefined:
        if (opens) return (this.saysSomething(at) || this.isBesideMe(at)) && !lower.endsWith('s');
        return (
          this.saysSomething(at) ||
          this.isSpokenTo(at) ||
          this.isIntroduced(at) ||
          this.isCalled(at) ||
          this.isBesideMe(at)
        );
    }
  }

  /** "Grace, could you …", "Will can do that." */
  private actsAtStart(at: number): boolean {
    const after = this.tokens[at + 1];
    if (!after) return false;
    if (/^\s+$/.test(after.gap))
      return PERSON_VERBS.has(after.lower) || AFTER_A_NAME.has(after.lower);
    return /^,\s*$/.test(after.gap);
  }

  /** "the Bill", "City Hall" */
  private inPhrase(at: number): boolean {
    const before = this.before(at);
    if (!before) return false;
    if (DETERMINERS.has(before.lower)) return true;
    const { isCapital, opens, kind } = before;
    return isCapital && !opens && (kind === 'word' || kind === 'other-name');
  }

  private saysSomething(at: number): boolean {
    const after = this.after(at);
    return after !== undefined && PERSON_VERBS.has(after.lower);
  }

  /** "ask Priya", "talk to Priya", "thanks, Priya" */
  private isSpokenTo(at: number): boolean {
    const [first, second, third] = [1, 2, 3].map((back) => this.tokens[at - back]);
    if (!first || !/^,?\s+$/.test(this.tokens[at]?.gap ?? '')) return false;
    if (BEFORE_A_NAME.has(first.lower)) return true;
    if (!second) return false;
    if (first.lower === 'you' && second.lower === 'thank') return true;
    if (!TO_SOMEBODY.has(first.lower)) return false;
    return TALKING.has(second.lower) || (third !== undefined && TALKING.has(third.lower));
  }

  /** "my name is Priya", "I'm Priya", "this is Priya" */
  private isIntroduced(at: number): boolean {
    const [first, second] = [1, 2].map((back) => this.before(at, back)?.lower);
    if (first === 'i’m' || first === "i'm" || first === 'named') return true;
    if (first === 'am') return second === 'i';
    return first === 'is' && (second === 'name' || second === 'this' || second === 'here');
  }

  /** "…, Keith, …", "April, could you …" */
  private isCalled(at: number): boolean {
    const token = this.tokens[at];
    const after = this.tokens[at + 1];
    if (!token || !/^,\s+$/.test(token.gap) || !after) return false;
    const before = this.tokens[at - 1];
    return /^,\s+$/.test(after.gap) && !(before?.isCapital && !before.opens);
  }

  /** "Priya and I", "you and Priya" */
  private isBesideMe(at: number): boolean {
    const [and, next] = [this.after(at), this.after(at + 1)];
    if (and?.lower === 'and' && next?.text === 'I') return true;
    const [before, you] = [this.before(at), this.before(at, 2)];
    return before?.lower === 'and' && (you?.lower === 'you' || you?.lower === 'me');
  }

  private isAddressed(at: number): boolean {
    const token = this.tokens[at];
    const after = this.tokens[at + 1];
    return (
      token?.opens === true &&
      after !== undefined &&
      /^,\s+$/.test(after.gap) &&
      /^(?:can|could|would|will|do|did|are|have|please|what|how|you)$/.test(after.lower)
    );
  }

  /** "Kevin Murphy", "Anna van der Berg" */
  private goOn(at: number): void {
    const token = this.tokens[at];
    if (!token || !this.names.has(token)) return;
    const parts: NameToken[] = [];
    for (let next = at + 1; next < at + LONGEST; next++) {
      const one = this.tokens[next];
      if (
        !one ||
        !/^\s+$/.test(one.gap) ||
        this.tokens[next - 1]?.end !== one.start - one.gap.length
      )
        break;
      if (PARTICLES.has(one.lower) && !one.isCapital) {
        parts.push(one);
        continue;
      }
      const isPart = one.isCapital && !NO_NAMES.has(one.lower);
      if (!isPart || one.kind === 'word' || one.kind === 'other-name' || one.kind === 'date') break;
      for (const part of [...parts, one]) this.names.add(part);
      parts.length = 0;
    }
    // "Priya Sharma": the lexicon may know the second alone.
    const before = this.before(at);
    if (before?.isCapital && before.kind === undefined && !NO_NAMES.has(before.lower)) {
      this.names.add(before);
    }
  }

  /** "Sarah and Tilman": who is named beside somebody is somebody. */
  private joinNeighbours(at: number): void {
    const token = this.tokens[at];
    if (!token?.isCapital || token.opens || token.kind !== undefined) return;
    if (NO_NAMES.has(token.lower) || this.names.has(token)) return;
    const near = [at - 2, at + 2].some((other) => {
      const joint = this.tokens[(at + other) / 2];
      const one = this.tokens[other];
      return one && joint && this.names.has(one) && (joint.lower === 'and' || joint.lower === 'or');
    });
    if (near) this.names.add(token);
  }

  /** The word so many before, with nothing but blanks between: a title's point is none. */
  private before(at: number, back = 1): NameToken | undefined {
    for (let from = at; from > at - back; from--) {
      if (!/^\.?\s+$/.test(this.tokens[from]?.gap ?? '')) return undefined;
    }
    return this.tokens[at - back];
  }

  private after(at: number): NameToken | undefined {
    const after = this.tokens[at + 1];
    return after && /^\s+$/.test(after.gap) ? after : undefined;
  }
}

/** Words of a name that stand together are one. */
function spansOf(names: readonly NameToken[]): PersonalSpan[] {
  const spans: PersonalSpan[] = [];
  for (const { start, end, gap } of names) {
    const last = spans.at(-1);
    if (last && /^\s+$/.test(gap) && last.end === start - gap.length) last.end = end;
    else spans.push({ kind: 'name', start, end });
  }
  return spans;
}
