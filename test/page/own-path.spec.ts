import { ownPath } from '../../apps/ui/src/server/own-path';

describe('where people go on once they have signed in', () => {
  it.each(['/', '/meetings/1?tab=done#line-2', '/library?q=a%20b', '/sign-in'])(
    'is where they wanted to go: %s',
    (next) => {
      expect(ownPath(next)).toBe(next);
    },
  );

  it.each([
    ['another address', 'https://evil.example'],
    ['one without a scheme', '//evil.example'],
    ['one with a backslash', '/\\evil.example'],
    ['one with a tab, which browsers leave out', '/\t/evil.example'],
    ['one behind a dot, which browsers leave out', '/.//evil.example'],
    ['a script', 'javascript:alert(1)'],
    ['longer than a cookie takes', `/${'x'.repeat(1_000)}`],
    ['nothing', undefined],
    ['several', ['/', '//evil.example']],
  ])('is the meetings when it is %s', (_, next) => {
    expect(ownPath(next)).toBe('/');
  });
});
