/** A passage in which the quote stands out, or, where it is not found as it stands, the words that were asked for. */
export function Highlighted({
  text,
  quote,
  words,
}: {
  text: string;
  quote: string;
  words: string;
}) {
  const at = text.indexOf(quote);
  if (at >= 0 && quote !== text) {
    return (
      <>
        {text.slice(0, at)}
        <Mark>{quote}</Mark>
        {text.slice(at + quote.length)}
      </>
    );
  }
  const wanted = words.match(/\p{L}{4,}/gu) ?? [];
  if (wanted.length === 0) return text;
  // Letters only: nothing of it means anything to a pattern.
  const parts = text.split(new RegExp(`(${wanted.join('|')})`, 'giu'));
  return parts.map((part, index) => (index % 2 === 1 ? <Mark key={index}>{part}</Mark> : part));
}

function Mark({ children }: { children: string }) {
  return <mark className="rounded-sm bg-accent-soft px-0.5 text-inherit">{children}</mark>;
}
