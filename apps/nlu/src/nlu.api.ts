import type { ApiAbout } from '@parley/service';

/** The head of `/docs`. */
export const nluApi: ApiAbout = {
  description: [
    'Finds out what is meant: intent, entities, sentiment and topics, of every final segment of a ' +
      'meeting and of any text that is sent.',
    'More: [health](/health) · [metrics](/metrics) · [openapi.json](/openapi.json)',
  ].join('\n\n'),
  tags: {
    analyses: 'What a text means; nothing is stored.',
    insights: 'What was found in the segments of a meeting, and in it as a whole.',
  },
};
