import type { TableHolding } from '@parley/database';

/** What agent keeps of meetings. */
export const agentHoldings: TableHolding[] = [
  {
    table: 'actions',
    holds: 'approved suggestions: arguments, quotes, who approved',
    onErasure: 'delete',
  },
  {
    table: 'suggestions',
    holds: 'what was proposed, with quotes, and what was decided',
    onErasure: 'delete',
  },
  {
    table: 'summaries',
    holds: 'objectives, key points, decisions, tasks, open questions',
    onErasure: 'delete',
  },
  { table: 'lines', holds: 'what was said and what was meant by it', onErasure: 'delete' },
  { table: 'completed_channels', holds: 'which channels are drained', onErasure: 'delete' },
  { table: 'meetings', meeting: 'id', holds: 'title, participants', onErasure: 'delete' },
];
