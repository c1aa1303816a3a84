import type { TableHolding } from '@parley/database';

/** What rag keeps of meetings. */
export const ragHoldings: TableHolding[] = [
  {
    table: 'chunks',
    holds: 'passages of documents and of what was said, and their vectors',
    onErasure: 'delete',
  },
  { table: 'segments', holds: 'what was said and by whom, to be found', onErasure: 'delete' },
  { table: 'meetings', meeting: 'id', holds: 'title, times', onErasure: 'delete' },
];
