import { ALL_WORDS, type TableHolding } from '@parley/database';

/** What rag keeps of meetings. */
export const ragHoldings: TableHolding[] = [
  {
    table: 'chunks',
    holds:
      'passages of documents and of what was said, their vectors, and in how many of them each word stands',
    onErasure: 'delete',
    words: ALL_WORDS,
  },
  {
    table: 'segments',
    holds: 'what was said and by whom, to be found',
    onErasure: 'delete',
    words: ALL_WORDS,
  },
  {
    table: 'meetings',
    meeting: 'id',
    holds: 'title, times',
    onErasure: 'delete',
    words: { set: 'chunk_count = 0, word_count = 0', stays: 'all of it: there are no words in it' },
  },
];
