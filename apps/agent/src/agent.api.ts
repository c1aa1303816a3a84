import type { ApiAbout } from '@parley/service';
import { answerEvent, answerModels } from './ask/answer-event.schema';

/** The head of `/docs`. */
export const agentApi: ApiAbout = {
  description: [
    'Suggests what to do about what was said, and waits for a person: nothing is carried out before ' +
      'somebody approves it, and then once. Also sums meetings up, each line with its evidence.',
    'More: [health](/health) · [metrics](/metrics) · [openapi.json](/openapi.json)',
  ].join('\n\n'),
  tags: {
    suggestions: 'What could be done, and what a person decided about it.',
    actions: 'Approved suggestions, their arguments frozen.',
    summary: 'What a meeting came to.',
    ask: 'Questions, answered from what was said and written, with the words that support each sentence.',
  },
  schemas: { AnswerEvent: answerEvent },
  models: answerModels,
};
