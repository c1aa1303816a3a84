import { RewrittenText } from './rewritten-text';

describe('a rewritten text', () => {
  const rewritten = RewrittenText.of('at ten or half past three today', [
    { start: 10, end: 25, by: '3:30' },
    { start: 3, end: 6, by: '10:00' },
  ]);

  it('holds the replacements', () => {
    expect(rewritten.text).toBe('at 10:00 or 3:30 today');
  });

  it.each([
    ['at 10:00', 'at ten'],
    ['10:00', 'ten'],
    ['3:30 today', 'half past three today'],
    ['today', 'today'],
    ['or', 'or'],
  ])('knows that "%s" was "%s"', (now, before) => {
    const start = rewritten.text.indexOf(now);
    const span = rewritten.toSource({ start, end: start + now.length });
    expect('at ten or half past three today'.slice(span.start, span.end)).toBe(before);
  });
});
