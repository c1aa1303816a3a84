import { namesIn, queryWords } from './query-words';

describe('queryWords', () => {
  it('drops words with which people ask', () => {
    expect(queryWords('Does anybody know the refund window, please?')).toBe('the refund window');
  });

  it('drops the adjective of a "how" question: the answer will not repeat it', () => {
    expect(queryWords('How long do we keep invoices?')).not.toContain('long');
  });

  it('keeps everything when nothing else would be left', () => {
    expect(queryWords('Okay, thanks!')).toBe('Okay thanks');
  });

  it('keeps names, numbers and codes in one piece', () => {
    expect(queryWords('ISO-27001 for v2.1?')).toBe('ISO-27001 for v2.1');
  });
});

describe('namesIn', () => {
  it.each([
    ['the team in Lisabon', ['lisabon']],
    ['budget meeting Lisabon office', ['lisabon']],
    ['lisabon office', ['lisabon', 'office']],
    ['budget of remotes', []],
    ['Kate', []],
  ])('takes of "%s" what may be a name: %j', (words, names) => {
    expect(namesIn(words)).toEqual(names.filter(Boolean));
  });
});
