import type { TableHolding } from '@parley/database';

/** What nlu keeps of meetings. */
export const nluHoldings: TableHolding[] = [
  {
    table: 'insights',
    holds:
      'what was meant: intent, names, dates and amounts that were said, mood, topics; what kind of answer it waits for',
    onErasure: 'delete',
    words: {
      set: `entities = '[]', topics = '[]'`,
      refused: 'true',
      stays:
        'intents, moods and what kind of answer was waited for, without names, dates, amounts and topics',
    },
  },
  {
    table: 'model_use',
    holds: 'how many tokens a model used for the meeting',
    onErasure: 'delete',
  },
  { table: 'meetings', meeting: 'id', holds: 'title, participants', onErasure: 'delete' },
];
