/**
 * Reads the docstrings of a class's own members out of the class's source text, which the build keeps
 * (docs/adr/0012). Where a build drops comments there are none, and nothing else changes.
 * @returns the text by member name.
 */
export function docstringsOf(type: { toString(): string }): Map<string, string> {
  const found = new Map<string, string>();
  for (const [, comment = '', name = ''] of type.toString().matchAll(DOCUMENTED_MEMBER)) {
    if (!found.has(name)) found.set(name, plainText(comment));
  }
  return found;
}

const DOCUMENTED_MEMBER =
  /\/\*\*((?:[^*]|\*(?!\/))*)\*\/\s*(?:async\s+)?([A-Za-z_]\w*)\s*(?=[;(=])/g;

/** Without the stars; what tags say (`@throws`) is for the reader of the code. */
function plainText(comment: string): string {
  const lines = comment.split('\n').map((line) => line.replace(/^\s*\*?\s?/, '').trimEnd());
  const tag = lines.findIndex((line) => line.startsWith('@'));
  return lines
    .slice(0, tag < 0 ? undefined : tag)
    .join('\n')
    .replace(/\{@link (\w+)\}/g, '`$1`')
    .trim();
}
