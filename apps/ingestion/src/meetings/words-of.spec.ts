import { wordsOf } from './words-of';

describe('the words that a meeting expects', () => {
  it('are there once, in the spelling that came first', () => {
    expect(wordsOf([' Northwind ', 'Keycloak'], ['northwind', '  ', 'Sentry'])).toEqual([
      'Northwind',
      'Keycloak',
      'Sentry',
    ]);
  });
});
