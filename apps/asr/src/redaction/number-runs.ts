/** A number as it was written or spoken, in digits. */
interface NumberToken {
  start: number;
  end: number;
  digits: string;
  spoken: boolean;
}

/** Numbers that follow one another with nothing between them but blanks and hyphens. */
export interface NumberRun {
  tokens: NumberToken[];
  digits: string;
  start: number;
  end: number;
  /** All of it in words. */
  spoken: boolean;
}

const UNITS = new Map(
  ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'].map(
    (word, value) => [word, String(value)],
  ),
);
UNITS.set('oh', '0').set('o', '0').set('nought', '0');
const TEENS = new Map(
  [
    ...['ten', 'eleven', 'twelve', 'thirteen', 'fourteen', 'fifteen', 'sixteen', 'seventeen'],
    ...['eighteen', 'nineteen'],
  ].map((word, value) => [word, String(value + 10)]),
);
const TENS = new Map(
  ['twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety'].map(
    (word, value) => [word, String((value + 2) * 10)],
  ),
);
const REPEATS = new Map([
  ['double', 2],
  ['triple', 3],
]);

const TOKEN = /[A-Za-z]+|\d+/g;
/** What may stand between two parts of one number. A dot or a bare comma makes a decimal, or another thing. */
const BETWEEN = /^(?:\s*-\s*|,?\s+|\)\s*|\s*\(|\s*\/\s*)$/;

/** The numbers of a text, those that belong together as one. */
export function numberRuns(text: string): NumberRun[] {
  const runs: NumberRun[] = [];
  let open: NumberToken[] = [];
  const close = (): void => {
    if (open.length > 0) runs.push(toRun(open));
    open = [];
  };
  for (const token of numbersOf(text)) {
    const last = open.at(-1);
    if (last && !BETWEEN.test(text.slice(last.end, token.start))) close();
    open.push(token);
  }
  close();
  return runs.filter((run) => isWhole(text, run));
}

export function toRun(tokens: NumberToken[]): NumberRun {
  return {
    tokens,
    digits: tokens.map(({ digits }) => digits).join(''),
    start: tokens[0]?.start ?? 0,
    end: tokens.at(-1)?.end ?? 0,
    spoken: tokens.every(({ spoken }) => spoken),
  };
}

function numbersOf(text: string): NumberToken[] {
  const words = [...text.matchAll(TOKEN)].map((match) => ({
    text: match[0].toLowerCase(),
    start: match.index,
    end: match.index + match[0].length,
  }));
  const numbers: NumberToken[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at];
    const next = words[at + 1];
    if (!word) continue;
    const add = (digits: string, until = word, spoken = true): void => {
      numbers.push({ start: word.start, end: until.end, digits, spoken });
      if (until !== word) at += 1;
    };
    if (/^\d/.test(word.text)) add(word.text, word, false);
    else if (next && REPEATS.has(word.text) && digitOf(next.text) !== undefined) {
      add((digitOf(next.text) ?? '').repeat(REPEATS.get(word.text) ?? 1), next);
    } else if (next && TENS.has(word.text) && /^[1-9]$/.test(UNITS.get(next.text) ?? '')) {
      add(String(Number(TENS.get(word.text)) + Number(UNITS.get(next.text))), next);
    } else {
      const digits = UNITS.get(word.text) ?? TEENS.get(word.text) ?? TENS.get(word.text);
      if (digits !== undefined) add(digits);
    }
  }
  return numbers;
}

function digitOf(word: string): string | undefined {
  return UNITS.get(word) ?? (/^\d$/.test(word) ? word : undefined);
}

/** Not a part of something longer: of a decimal, a version, a time, a code with letters. */
function isWhole(text: string, { start, end }: NumberRun): boolean {
  const before = text.slice(Math.max(0, start - 2), start);
  const after = text.slice(end, end + 2);
  return !/(?:[\d][.,:]|[\w#_])$/.test(before.slice(-2)) && !/^(?:[.,:]\d|\w)/.test(after);
}
