import type { TableHolding } from '@parley/database';

/** What ingestion keeps of meetings. */
export const ingestionHoldings: TableHolding[] = [
  {
    table: 'timeline_entries',
    holds: 'all that viewers saw: segments, insights, suggestions, summaries, deliveries',
    onErasure: 'delete',
  },
  {
    table: 'coverage_spans',
    holds: 'which stretches were speech, silence, withheld or lost',
    onErasure: 'delete',
  },
  {
    table: 'consents',
    holds: 'what each participant said about being recorded, when, and who noted it',
    onErasure: 'delete',
  },
  {
    table: 'channels',
    holds: 'how much audio came on which channel, and from which sender',
    onErasure: 'delete',
  },
  {
    table: 'meetings',
    meeting: 'id',
    holds: 'title, participants with their names and addresses, vocabulary, times',
    onErasure: 'delete',
  },
  {
    table: 'erasures',
    holds: 'receipts: that a meeting was erased, when, why, and how much of it there was',
    onErasure: 'keep',
  },
];
