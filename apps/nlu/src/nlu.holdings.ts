import { ALL_WORDS, type TableHolding } from '@parley/database';

/** What nlu keeps of meetings. */
export const nluHoldings: TableHolding[] = [
  {
    table: 'insights',
    holds: 'what was meant: intent, names, dates and amounts that were said, mood, topics',
    onErasure: 'delete',
    words: {
      // `carries` is of the version before, where replicas of it still write.
      set: `entities = '[]', topics = '[]', carries = NULL`,
      refused: 'true',
      stays: 'intents and moods, without names, dates, amounts and topics',
    },
  },
  {
    table: 'carried',
    holds: 'of each utterance what kind of answer it waits for, who spoke, and until when',
    onErasure: 'delete',
    words: ALL_WORDS,
  },
  {
    table: 'model_use',
    holds: 'how many tokens a model used for the meeting',
    onErasure: 'delete',
  },
  { table: 'meetings', meeting: 'id', holds: 'title, participants', onErasure: 'delete' },
];
