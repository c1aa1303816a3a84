/** A number as it was written or spoken, in digits. */
export interface NumberToken {
  start: number;
  end: number;
  digits: string;
  spoken: boolean;
}

/** Numbers that follow one another with nothing between them but blanks and hyphens. */
export interface NumberRun {
  tokens: readonly NumberToken[];
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
    const whole = wholeOf(text, open);
    if (whole.length > 0) runs.push(toRun(whole));
    open = [];
  };
  for (const token of numbersOf(text)) {
    const last = open.at(-1);
    if (last && !BETWEEN.test(text.slice(last.end, token.start))) close();
    open.push(token);
  }
  close();
  return runs;
}

export function toRun(tokens: readonly NumberToken[]): NumberRun {
  return {
    tokens,
    digits: tokens.map(({ digits }) => digits).join(''),
    start: tokens[0]?.start ?? 0,
    end: tokens.at(-1)?.end ?? 0,
    spoken: tokens.every(({ spoken }) => spoken),
  };
}

/** Somebody counts. */
export function isCounting({ digits, tokens }: NumberRun): boolean {
  const [first = 0, second = 0] = tokens.map((token) => Number(token.digits));
  const step = second - first;
  const steady = tokens.every((token, at) => Number(token.digits) === first + at * step);
  if (tokens.length > 3 && step !== 0 && steady) return true;
  return '12345678910111213'.startsWith(digits) || '10987654321'.startsWith(digits);
}

/** Each number of a text, in the order they stand. */
export function numbersOf(text: string): NumberToken[] {
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

/** Without those at either end that are part of something longer: of a decimal, a version, a time, a code with letters. */
function wholeOf(text: string, tokens: readonly NumberToken[]): readonly NumberToken[] {
  const { start, end } = toRun(tokens);
  const apart = (at: number): boolean =>
    /[\s,]/.test(text.slice(tokens[at - 1]?.end, tokens[at]?.start));
  let [from, until] = [0, tokens.length];
  if (/(?:\d[.,:]|[\w#])$/.test(text.slice(Math.max(0, start - 2), start))) {
    do from += 1;
    while (from < until && !apart(from));
  }
  if (/^(?:[.,:]\d|\w)/.test(text.slice(end, end + 2))) {
    do until -= 1;
    while (until > from && !apart(until));
  }
  return tokens.slice(from, until);
}
