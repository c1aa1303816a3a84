/**
 * What a model wrote in capitals only, because it knows no others, in small ones. A single such word is left alone: it
 * may be a name (`NASA`).
 */
export function inSmallLetters(text: string): string {
  const shouted = /\s/.test(text) && text !== text.toLowerCase() && text === text.toUpperCase();
  return shouted ? text.toLowerCase() : text;
}
