export const EXPORT_FORMATS = ['json', 'md', 'vtt', 'srt', 'zip'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** What each is called in an answer's `Content-Type`. */
export const MEDIA_TYPES: Record<ExportFormat, string> = {
  json: 'application/json; charset=utf-8',
  md: 'text/markdown; charset=utf-8',
  vtt: 'text/vtt; charset=utf-8',
  srt: 'application/x-subrip; charset=utf-8',
  zip: 'application/zip',
};
