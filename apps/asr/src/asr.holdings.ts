import { ALL_WORDS, type TableHolding } from '@parley/database';

/** What asr keeps of meetings. */
export const asrHoldings: TableHolding[] = [
  {
    table: 'segments',
    holds: 'what was said: text, words and their times, speaker',
    onErasure: 'delete',
    words: ALL_WORDS,
  },
  {
    table: 'sessions',
    holds: 'how far each channel is transcribed, and whose channel it is',
    onErasure: 'delete',
  },
  {
    table: 'captions',
    holds: 'which caption became which segment, and whom it said to speak',
    onErasure: 'delete',
    words: ALL_WORDS,
  },
  {
    table: 'speakers',
    holds: 'who speaks, by the name somebody gave them',
    onErasure: 'delete',
  },
  {
    table: 'voices',
    holds: 'what the voices on a shared channel sound like',
    onErasure: 'delete',
    words: ALL_WORDS,
  },
  {
    table: 'meetings',
    holds: 'names and words to expect; which replica listens',
    onErasure: 'delete',
  },
];
