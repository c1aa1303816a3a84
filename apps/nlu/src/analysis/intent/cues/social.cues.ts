import type { Cue } from '../cue';
import { socialShare } from '../social-phrases';

export const socialCues: readonly Cue[] = [
  {
    name: 'nothing but courtesy',
    when: (clause) => socialShare(clause.whole) >= 0.85,
    weights: { social: 8, question: -6, statement: -1 },
  },
  {
    name: 'mostly courtesy',
    when: ({ whole }) => socialShare(whole) >= 0.6 && socialShare(whole) < 0.85,
    weights: { social: 3.5, question: -2 },
  },
  {
    name: 'has to leave',
    when: /\bi(?: have to|'ve got to| need to| must| gotta|'ll have to) (?:go|run|leave|drop|jump)(?: off)?(?: now| soon)?\W*$/,
    weights: { social: 5, task: -6 },
  },
];
