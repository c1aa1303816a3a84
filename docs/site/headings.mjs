// Anchors of headings, as GitHub makes them, so that the same links work there and on the site.

/** @returns {(text: string) => string} gives each heading of one page its anchor, in order */
export function anchors() {
  const seen = new Map();
  return (text) => {
    const plain = text
      .toLowerCase()
      .replace(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, '')
      .replaceAll(' ', '-');
    const times = seen.get(plain) ?? 0;
    seen.set(plain, times + 1);
    return times === 0 ? plain : `${plain}-${times}`;
  };
}

/** The words of an inline token, without its marks. */
export function plainText(inline) {
  return (inline.children ?? [])
    .filter(({ type }) => type === 'text' || type === 'code_inline')
    .map(({ content }) => content)
    .join('');
}
