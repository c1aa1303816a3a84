import { Vocabulary } from './vocabulary';

// Real: the English dictionary.
const vocabulary = new Vocabulary([
  'Okta',
  '“Northwind”',
  'Vercel',
  'Notion',
  'Traefik',
  'Will',
  'Atlas',
  'Redis',
  'Acme Corp',
  'design review',
  'Product Manager',
  'PostHog',
  'Mattermost',
  'Siân',
  'Datadog',
]);
const names = new Vocabulary(
  'Wendy Sofia Daniel Harry Mary Barry Penny Berg Tina Emma Laura Thomas Joaquin'.split(' '),
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
    ['the offer to north wind is here', 'the offer to Northwind is here'],
    ['the north wind contract', 'the Northwind contract'],
    ['our product manager', 'our Product Manager'],
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
    'The north wind is here.',
    'Out of the north wind.',
    'Into a north wind, and home.',
    'Two product managers agreed on late design reviews.',
    'Design review is on Monday.',
    ' … ',
    '',
  ])('leaves alone what may really have been said: %s', (heard) => {
    expect(vocabulary.respell(heard)).toBe(heard);
  });

  it.each([
    'It is windy today, the sofa is safe.',
    'In denial, hurry up, a merry time.',
    'Berry juice, bury it, a penny for a pony, a barge with tuna.',
    'The laurel is walking, and tomatoes.',
  ])('does not take words for the people who are there: %s', (heard) => {
    expect(names.respell(heard)).toBe(heard);
  });

  it('never joins words across a pause', () => {
    expect(vocabulary.respell('We post. Hog events!')).toBe('We post. Hog events!');
  });

  it('changes nothing when nothing is expected', () => {
    expect(new Vocabulary([' ', '!']).respell('Octa')).toBe('Octa');
  });

  it('takes the first two hundred', () => {
    const many = Array.from({ length: 200 }, (_, at) => `Xylo${at}q`);
    expect(new Vocabulary([...many, 'Okta']).respell('Octa')).toBe('Octa');
  });
});
