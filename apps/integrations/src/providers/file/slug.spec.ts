import { slug } from './slug';

describe('the file name made of a connection name', () => {
  it.each([
    ['Team notes', 'team-notes'],
    ['Émilie’s list', 'e-milie-s-list'],
    ['../../etc/passwd', 'etc-passwd'],
    ['C:\\temp\\x', 'c-temp-x'],
    ['..', 'connection'],
    ['日本語', 'connection'],
  ])('of %j is %s', (name, expected) => {
    expect(slug(name)).toBe(expected);
  });

  it('is bounded', () => {
    expect(slug('a'.repeat(100))).toHaveLength(60);
  });
});
