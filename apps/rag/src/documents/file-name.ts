import type { DocumentMimeType } from '../reading/read-document';

const EXTENSIONS: Record<DocumentMimeType, string> = {
  'text/plain': 'txt',
  'text/markdown': 'md',
  'text/html': 'html',
  'application/pdf': 'pdf',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'docx',
  'text/vtt': 'vtt',
  'application/x-subrip': 'srt',
};
const LONGEST = 100;

/** What a document is called when it is saved: its title without anything that leads elsewhere, and what it is. */
export function fileNameOf({
  title,
  mimeType,
}: {
  title: string;
  mimeType: DocumentMimeType;
}): string {
  const name = title
    .replace(/[\p{Cc}\p{Cf}/\\:*?"<>|]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .replace(/^[. ]+/, '')
    .slice(0, LONGEST)
    .trim();
  return `${name === '' ? 'document' : name}.${EXTENSIONS[mimeType]}`;
}
