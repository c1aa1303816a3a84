import { MOST_MEETING_WORDS } from '@parley/contracts';
import { expectedTerms } from './expected-terms';

describe('what may be heard in a meeting', () => {
  it('are the names of those who are in it, and its words', () => {
    const people = [{ name: 'Ann Lee (guest)' }, { name: 'Ben  Lee' }];
    expect(expectedTerms(people, ['Keycloak', 'Ann'])).toEqual(['Ann', 'Lee', 'Ben', 'Keycloak']);
  });

  it('are all of its words, however many people there are', () => {
    const people = Array.from({ length: 100 }, (_, one) => ({ name: `A${one} B${one} C${one}` }));
    const words = Array.from({ length: MOST_MEETING_WORDS }, (_, one) => `word${one}`);
    const terms = expectedTerms(people, words);
    expect(terms).toEqual(expect.arrayContaining(words));
    expect(terms).toHaveLength(200 + MOST_MEETING_WORDS);
  });
});
