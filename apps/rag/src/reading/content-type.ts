import { ProblemError } from '@parley/contracts';

/** A document that is text once its bytes are decoded. */
export interface TextContent {
  kind: 'markdown' | 'plain' | 'html' | 'vtt' | 'srt';
  text: string;
}

/** A document's bytes once its kind is known by what is in them, whatever its name says. */
export type Content = { kind: 'pdf' | 'docx' } | TextContent;

/** A PDF may have junk before its header. */
const PDF_HEADER_WITHIN = 1_024;
const ZIP_HEADER = Buffer.from('PK\x03\x04', 'latin1');
/** A compound file: Word before 2007, and newer Office files under a password. */
const COMPOUND_HEADER = Buffer.from('d0cf11e0a1b11ae1', 'hex');
const MARKDOWN_SIGN = /^(#{1,6} +\S|```|~~~|\|.*\|\s*$|[-*+] +\S)|\[[^\]\n]+\]\([^)\s]+\)/gm;
const MARKDOWN_HEADING = /^#{1,6} +\S/m;
const HTML_START =
  /^\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--[\s\S]{0,2000}?-->\s*)*<(?:!doctype html|html)\b/i;
const SRT_START = /^\s*\d+[ \t]*\r?\n\s*\d{1,2}:\d{2}:\d{2}[,.]\d{3}\s+-->\s/;
const CHARSET_WITHIN = 2_048;
const CHARSET = /<meta[^>]{0,200}charset=["']?([\w-]{1,40})/i;

/** @throws ProblemError `document-unreadable` for an empty file and for what is none of the kinds. */
export function recogniseContent(bytes: Buffer): Content {
  if (bytes.length === 0) throw unreadable('The document is empty.');
  if (bytes.subarray(0, PDF_HEADER_WITHIN).includes('%PDF-')) return { kind: 'pdf' };
  if (bytes.subarray(0, 4).equals(ZIP_HEADER)) {
    if (bytes.includes('word/document.xml')) return { kind: 'docx' };
    throw unreadable('Of archives and Office files only Word documents (.docx) are read.');
  }
  if (bytes.subarray(0, 8).equals(COMPOUND_HEADER)) {
    throw unreadable(
      'The Office file is of the old kind, or encrypted: save it as .docx without a password.',
    );
  }
  const text = decode(bytes).replace(/^\uFEFF/, '');
  if (text.trim() === '') throw unreadable('The document is empty.');
  return { kind: kindOf(text), text };
}

function kindOf(text: string): TextContent['kind'] {
  if (/^WEBVTT(?:[ \t\r\n]|$)/.test(text)) return 'vtt';
  if (SRT_START.test(text)) return 'srt';
  if (HTML_START.test(text)) return 'html';
  return looksLikeMarkdown(text) ? 'markdown' : 'plain';
}

function decode(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  const text = decodeStrictly(bytes, 'utf-8') ?? decodeStrictly(bytes, declaredCharset(bytes));
  if (text === undefined) {
    throw unreadable('The file is neither a PDF, a Word document nor text in UTF-8.');
  }
  return text;
}

/** What an old web page says of itself. */
function declaredCharset(bytes: Buffer): string | undefined {
  return CHARSET.exec(bytes.toString('latin1', 0, CHARSET_WITHIN))?.[1];
}

function decodeStrictly(bytes: Buffer, charset: string | undefined): string | undefined {
  if (charset === undefined) return undefined;
  try {
    const text = new TextDecoder(charset, { fatal: true }).decode(bytes);
    return text.includes('\0') ? undefined : text;
  } catch {
    // Not in it, or nobody knows it: the caller says so.
    return undefined;
  }
}

/** One heading is enough, of the weaker signs it takes three. */
export function looksLikeMarkdown(text: string): boolean {
  return MARKDOWN_HEADING.test(text) || (text.match(MARKDOWN_SIGN)?.length ?? 0) >= 3;
}

export function unreadable(detail: string): ProblemError {
  return new ProblemError('document-unreadable', detail);
}
