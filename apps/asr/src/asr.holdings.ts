import type { TableHolding } from '@parley/database';

/** What asr keeps of meetings. */
export const asrHoldings: TableHolding[] = [
  {
    table: 'segments',
    holds: 'what was said: text, words and their times, speaker',
    onErasure: 'delete',
  },
  {
    table: 'sessions',
    holds: 'how far each channel is transcribed, and whose channel it is',
    onErasure: 'delete',
  },
  {
    table: 'meetings',
    holds: 'names and words to expect; which replica listens',
    onErasure: 'delete',
  },
];
