import type { TableHolding } from '@parley/database';

/** What nlu keeps of meetings. */
export const nluHoldings: TableHolding[] = [
  {
    table: 'insights',
    holds: 'what was meant: intent, names, dates and amounts that were said, mood, topics',
    onErasure: 'delete',
  },
  { table: 'meetings', meeting: 'id', holds: 'title, participants', onErasure: 'delete' },
];
