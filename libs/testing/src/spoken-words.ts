const UNITS = new Map(
  (
    'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen ' +
    'sixteen seventeen eighteen nineteen'
  )
    .split(' ')
    .map((word, value) => [word, value]),
);
const TENS = new Map(
  'twenty thirty forty fifty sixty seventy eighty ninety'
    .split(' ')
    .map((word, index) => [word, (index + 2) * 10]),
);
const SCALES = new Map([
  ['hundred', 100],
  ['thousand', 1_000],
  ['million', 1_000_000],
]);

const REWRITES: [RegExp, string][] = [
  [/[‘’ʼ]/g, "'"],
  [/\bcan't\b/g, 'can not'],
  [/\bwon't\b/g, 'will not'],
  [/n't\b/g, ' not'],
  [/\blet's\b/g, 'let us'],
  [/\b(it|that|what|who|how|where|when|here|there|he|she)'s\b/g, '$1 is'],
  [/'re\b/g, ' are'],
  [/'ll\b/g, ' will'],
  [/'ve\b/g, ' have'],
  [/'m\b/g, ' am'],
  [/\bcannot\b/g, 'can not'],
  [/\b([ap])\.?\s?m\b\.?/g, '$1m'],
  [/(\d):00\b/g, '$1'],
  [/(\d)(am|pm)\b/g, '$1 $2'],
  [/\bo'\s?clock\b/g, 'oclock'],
  [/\bok\b/g, 'okay'],
  [/\bper cent\b/g, 'percent'],
  [/(\d),(?=\d{3}\b)/g, '$1'],
  [/\$\s?(\d+(?:\.\d+)?)/g, '$1 dollars'],
  [/€\s?(\d+(?:\.\d+)?)/g, '$1 euros'],
  [/%/g, ' percent '],
  [/(\d)\.(?=\d)/g, '$1 point '],
  [/'/g, ''],
  [/[^\p{L}\p{N}]+/gu, ' '],
];

/**
 * The words of a text as they are heard: without case and punctuation, contractions written out,
 * numbers as digits (`forty-nine`, `49`), `%` as `percent`, `$49` as `49 dollars`.
 */
export function spokenWords(text: string): string[] {
  const plain = REWRITES.reduce((rest, [from, to]) => rest.replace(from, to), text.toLowerCase());
  return joinNumbers(plain.split(' ').filter(Boolean));
}

/** `['twenty', 'five', 'days']` becomes `['25', 'days']`. */
function joinNumbers(words: string[]): string[] {
  const joined: string[] = [];
  for (let at = 0; at < words.length;) {
    const { value, length } = numberAt(words, at);
    joined.push(length > 0 ? String(value) : (words[at] ?? ''));
    at += Math.max(1, length);
  }
  return joined;
}

/** Reads as many words as still belong to one number; `length` 0 when there is none. */
function numberAt(words: string[], start: number): { value: number; length: number } {
  let thousands = 0;
  let below = 0;
  let at = start;
  // What may still be added: after `twenty` only a unit below ten, after `hundred` anything below it.
  let room = Number.POSITIVE_INFINITY;
  for (; at < words.length; at += 1) {
    const word = words[at] ?? '';
    const small = UNITS.get(word) ?? TENS.get(word);
    const scale = SCALES.get(word);
    if (small !== undefined && small < room && (small > 0 || at === start)) {
      below += small;
      room = TENS.has(word) ? 10 : 0;
    } else if (scale === 100 && below > 0 && below < 100) {
      below *= scale;
      room = scale;
    } else if (scale !== undefined && below > 0 && scale > 100) {
      thousands += below * scale;
      below = 0;
      room = scale;
    } else break;
  }
  return { value: thousands + below, length: at - start };
}
