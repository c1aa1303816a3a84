import type { ApiAbout } from '@parley/service';

/** The head of `/docs`. */
export const ragApi: ApiAbout = {
  description: [
    'The library: documents go in, passages with citations come out. Search understands questions by ' +
      'their words and, where vectors help, by their meaning.',
    'More: [health](/health) · [metrics](/metrics) · [openapi.json](/openapi.json)',
  ].join('\n\n'),
  tags: {
    documents: 'What the organisation already knows.',
    search: 'Passages for a question.',
  },
};
