import { ProblemError } from '@parley/contracts';

/** A document's bytes once its kind is known by what is in them, whatever its name says. */
export type Content = { kind: 'pdf' } | { kind: 'markdown' | 'plain'; text: string };

/** A PDF may have junk before its header. */
const PDF_HEADER_WITHIN = 1_024;
const MARKDOWN_SIGN = /^(#{1,6} +\S|```|~~~|\|.*\|\s*$|[-*+] +\S)|\[[^\]\n]+\]\([^)\s]+\)/gm;
const MARKDOWN_HEADING = /^#{1,6} +\S/m;

/** @throws ProblemError `document-unreadable` for an empty file and for what is neither PDF nor text. */
export function recogniseContent(bytes: Buffer): Content {
  if (bytes.length === 0) throw unreadable('The document is empty.');
  if (bytes.subarray(0, PDF_HEADER_WITHIN).includes('%PDF-')) return { kind: 'pdf' };
  if (bytes.subarray(0, 4).equals(Buffer.from('PK\x03\x04', 'latin1'))) {
    throw unreadable('Office files and archives are not read: save it as PDF or text.');
  }
  const text = decode(bytes);
  if (text.trim() === '') throw unreadable('The document is empty.');
  if (/^\s*<(!doctype html|html)\b/i.test(text)) {
    throw unreadable('Web pages are not read: save it as PDF or text.');
  }
  return { kind: looksLikeMarkdown(text) ? 'markdown' : 'plain', text };
}

function decode(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    if (!text.includes('\0')) return text;
  } catch {
    // Said below, with what can be done about it.
  }
  throw unreadable('The file is neither a PDF nor text in UTF-8.');
}

/** One heading is enough, of the weaker signs it takes three. */
export function looksLikeMarkdown(text: string): boolean {
  return MARKDOWN_HEADING.test(text) || (text.match(MARKDOWN_SIGN)?.length ?? 0) >= 3;
}

export function unreadable(detail: string): ProblemError {
  return new ProblemError('document-unreadable', detail);
}
