import type { Meeting } from '@parley/contracts';
import type { ExportFormat } from './export-format';

const LONGEST_TITLE = 80;

/** `2026-11-24 Planning.md`: letters and digits of any language, and nothing that a file system minds. */
export function fileNameOf(
  { title, startedAt }: Pick<Meeting, 'title' | 'startedAt'>,
  format: ExportFormat,
): string {
  const words = title.replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ').trim();
  const short = [...words].slice(0, LONGEST_TITLE).join('').trim();
  return `${startedAt.slice(0, 10)} ${short || 'meeting'}.${format}`;
}
