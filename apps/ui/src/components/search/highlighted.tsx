import { Fragment } from 'react';

interface HighlightedProps {
  text: string;
  /** The part of it that was cited. */
  quote: string;
  /** Stems of the words that were looked for, lower case. */
  terms: readonly string[];
}

/** A passage: the words that were looked for are marked, and what stands around the quote steps back. */
export function Highlighted({ text, quote, terms }: HighlightedProps) {
  const at = text.indexOf(quote);
  if (at < 0 || quote === text) return <Marked text={text} terms={terms} />;
  return (
    <>
      <span className="text-muted">
        <Marked text={text.slice(0, at)} terms={terms} />
      </span>
      <Marked text={quote} terms={terms} />
      <span className="text-muted">
        <Marked text={text.slice(at + quote.length)} terms={terms} />
      </span>
    </>
  );
}

function Marked({ text, terms }: { text: string; terms: readonly string[] }) {
  return text.split(/([\p{L}\p{N}]+)/u).map((part, index) =>
    index % 2 === 1 && terms.some((term) => isFormOf(part.toLowerCase(), term)) ? (
      <mark key={index} className="rounded-sm bg-accent-soft px-0.5 text-ink">
        {part}
      </mark>
    ) : (
      <Fragment key={index}>{part}</Fragment>
    ),
  );
}

/** Whether `word` could have this stem: "policies" has "polici", "pricing" has "price". */
function isFormOf(word: string, stem: string): boolean {
  if (word === stem) return true;
  if (stem.length < 3 || word.length > stem.length + 5) return false;
  const root = /[iye]$/.test(stem) && stem.length > 3 ? stem.slice(0, -1) : stem;
  return root.length >= 3 && word.startsWith(root);
}
