import type { ApiAbout } from '@parley/service';

/** The head of `/docs`. */
export const integrationsApi: ApiAbout = {
  description: [
    'The only service that talks to the outside: connections to providers, and the record of what was ' +
      'carried out through them, or why not.',
    'More: [health](/health) · [metrics](/metrics) · [openapi.json](/openapi.json)',
  ].join('\n\n'),
  tags: {
    providers: 'What can be connected.',
    connections: 'Credentials and settings for a provider. Secrets go in and never come out.',
    deliveries: 'What became of approved actions.',
    subscriptions: 'Addresses of yours that timeline events are posted to, as Standard Webhooks.',
    'calendar feeds':
      'Calendars that meetings are planned from. Their addresses go in and never come out.',
    'dead letters': 'Messages that a service gave up on: look, hand back, throw away.',
  },
};
