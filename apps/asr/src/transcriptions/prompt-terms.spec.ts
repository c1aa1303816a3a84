import { promptTerms } from './prompt-terms';

describe('the words that a prompt wants to be expected', () => {
  it.each([
    ['Okta, Acme Corp; C++\nNorthwind.', ['Okta', 'Acme Corp', 'C++', 'Northwind']],
    [
      'The review of the Atlas launch with Siobhan. We talk about PostHog too!',
      ['Atlas', 'Siobhan', 'PostHog'],
    ],
    ['Okta, Okta', ['Okta']],
    ['We talk about Okta: and of “Northwind’s” big launch.', ['Okta', 'Northwind']],
    ['you know, thanks everyone. and so on', []],
    [' , .', []],
    ['', []],
  ])('%s', (prompt, terms) => {
    expect(promptTerms(prompt)).toEqual(terms);
  });

  it('are not more than a meeting may have', () => {
    const many = Array.from({ length: 500 }, (_, at) => `Name${at}`).join(', ');
    expect(promptTerms(many)).toHaveLength(200);
    expect(promptTerms(`${'x'.repeat(81)}, Okta`)).toEqual(['Okta']);
  });
});
