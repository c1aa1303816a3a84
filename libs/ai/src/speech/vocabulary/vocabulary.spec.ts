import { Vocabulary } from './vocabulary';

// Fake: the words that the engine knows, so that the cases stand on their own.
const KNOWN = new Set(
  'the north wind blows i have no notion of that traffic is bad will they send it at last we meet in a light red date dog data do you think what is'.split(
    ' ',
  ),
);
const vocabulary = new Vocabulary(
  [
    'Okta',
    'Northwind',
    'Vercel',
    'Notion',
    'Traefik',
    'Will',
    'Atlas',
    'Redis',
    'Acme Corp',
    'PostHog',
    'Mattermost',
    'Siân',
    'Datadog',
  ],
  KNOWN,
);

describe('the words that a meeting expects', () => {
  it.each([
    ['Please ask Octa.', 'Please ask Okta.'],
    ['an offer to Northwyn’s team', 'an offer to Northwind’s team'],
    ['the versal numbers', 'the Vercel numbers'],
    ['in front of “Meta-remost”,', 'in front of “Mattermost”,'],
    ['on posthog, and acmecorp', 'on PostHog, and Acme Corp'],
    ['the post hog events at acme corp', 'the PostHog events at Acme Corp'],
    ['ask Sian', 'ask Siân'],
    ['sent to date a dog in time', 'sent to Datadog in time'],
    ['the north wind is here', 'the Northwind is here'],
  ])('%s → %s', (heard, spelled) => {
    expect(vocabulary.respell(heard)).toBe(spelled);
  });

  it.each([
    'I have no notion of that.',
    'The traffic is bad.',
    'Will they? They will.',
    'At last we meet.',
    'A light, red is it.',
    'What will the data do you think?',
    'The octopus, an actor, a vessel.',
    'Ask Bob. Corp.',
    ' … ',
    '',
  ])('leaves alone what may really have been said: %s', (heard) => {
    expect(vocabulary.respell(heard)).toBe(heard);
  });

  it('never joins words across a pause', () => {
    expect(vocabulary.respell('We post. Hog events!')).toBe('We post. Hog events!');
  });

  it('changes nothing when nothing is expected', () => {
    expect(new Vocabulary([' ', '!'], KNOWN).respell('Octa')).toBe('Octa');
  });
});
