import type { CoverageSpan } from '@parley/contracts';
import { isShown } from './is-shown';

describe('a span is shown to viewers', () => {
  it.each<[boolean, CoverageSpan]>([
    [true, { startMs: 0, endMs: 2_000, state: 'silence' }],
    [false, { startMs: 2_000, endMs: 4_000, state: 'silence' }],
    [true, { startMs: 8_000, endMs: 10_000, state: 'silence' }],
    [false, { startMs: 10_000, endMs: 12_000, state: 'silence' }],
    [true, { startMs: 12_000, endMs: 45_000, state: 'silence' }],
    [true, { startMs: 12_000, endMs: 13_000, state: 'transcribed' }],
    [true, { startMs: 12_000, endMs: 13_000, state: 'lost' }],
  ])('%s: %j', (shown, span) => {
    expect(isShown(span)).toBe(shown);
  });
});
