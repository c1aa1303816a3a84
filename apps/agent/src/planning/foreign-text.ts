/** What a page may turn into a request, or run, as soon as it is shown. */
const ADDRESS =
  /(?:\b[a-z][a-z0-9+.-]*:)?\/\/\S+|\b(?:javascript|data):\S+|\]\([^)]*|<\/?[a-z][^>]*/gi;
const EMAIL = /[^\s@]+@[^\s@]+/g;
/** Longer than words are: keys and the like. */
const TOKEN = /[^\s.,;:!?()]{20,}/g;
/** So many words in a row of the instructions are no accident. */
const TOLD_WORDS = 6;

/** Whether a model's text brings an address or markup that its evidence lacks. */
export function bringsAddress(text: string, evidence: string): boolean {
  return (text.match(ADDRESS) ?? []).some((address) => !evidence.includes(address));
}

/** Whether it brings an e-mail address that its evidence lacks. */
export function bringsEmail(text: string, evidence: string): boolean {
  return (text.match(EMAIL) ?? []).some((address) => !evidence.includes(address));
}

/** Whether it tells what nobody said: a long token of its own, or a stretch of its instructions. */
export function bringsSecret(text: string, evidence: string, instructions: string): boolean {
  if ((text.match(TOKEN) ?? []).some((token) => !evidence.includes(token))) return true;
  const [told, ordered, said] = [text, instructions, evidence].map(plainWords);
  const words = told?.split(' ') ?? [];
  return words.some((_, at) => {
    const stretch = words.slice(at, at + TOLD_WORDS);
    const run = stretch.join(' ');
    return stretch.length === TOLD_WORDS && ordered?.includes(run) && !said?.includes(run);
  });
}

function plainWords(text: string): string {
  return (text.toLowerCase().match(/[\p{L}\p{N}']+/gu) ?? []).join(' ');
}
