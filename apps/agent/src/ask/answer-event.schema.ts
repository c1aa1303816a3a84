import { Answer, AnswerCitation, AnswerSources, AnswerToken } from '@parley/contracts';
import { schemaRef, type JsonSchema } from '@parley/service';

/** The classes of what is told while a question is answered. */
export const answerModels = [AnswerSources, AnswerToken, AnswerCitation, Answer];

/** The `data:` of one event; `event:` says which it is. */
export const answerEvent: JsonSchema = {
  description: 'What is told while a question is answered; `error` carries a problem.',
  anyOf: [...answerModels.map(({ name }) => schemaRef(name)), schemaRef('Problem')],
};
