/** The documents that Parley answers from. */
export const documents = {
  title: 'Documents',
  intro: 'Facts and answers come from these, word for word, with the place where they stand.',
  drop: 'Drop files here, or choose them',
  types: 'PDF, Word, HTML, Markdown, text or subtitles',
  choose: 'Choose files',
  waiting: 'Waiting',
  uploading: 'Reading',
  added: 'Added',
  empty: 'No document yet. Add a handbook, a policy or notes: Parley answers from them.',
  search: 'Search in documents',
  searchPlaceholder: 'How long are backups kept?',
  more: 'Show earlier documents',
  passages: 'passages',
  pages: 'pages',
  wordsOnly: 'found by its words only, for now',
  remove: 'Remove',
  removeAsk: 'Remove this document?',
  removeExplain: 'It is not found any more. What was approved because of it stays as it is.',
} as const;

/** A document, opened. */
export const reader = {
  back: 'All documents',
  original: 'Download the original',
  opening: 'Looking for the passage …',
  gone: 'This passage is gone',
  passageGone: 'The passage that was cited is not in this document any more.',
  cited: 'Cited passage',
  page: 'Page',
} as const;
