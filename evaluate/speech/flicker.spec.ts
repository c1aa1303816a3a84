import { flickerOf, wordsGone } from './flicker';

describe('how much changes of what was shown while somebody spoke', () => {
  it('is nothing where words only come', () => {
    expect(flickerOf(['we', 'We ship', 'we ship, on Friday'])).toEqual({ shown: 4, changed: 0 });
  });

  it('is every word that is gone in the next partial, as often as that happens', () => {
    expect(flickerOf(['we chip', 'we ship', 'we chip on'])).toEqual({ shown: 5, changed: 2 });
  });

  it('is no word behind another that joins them', () => {
    expect(flickerOf(['ship on Friday', 'we ship on Friday'])).toEqual({ shown: 4, changed: 0 });
  });

  it('is nothing of nothing', () => {
    expect(flickerOf([])).toEqual({ shown: 0, changed: 0 });
  });

  it('is told of the final, too', () => {
    expect(wordsGone('we ship on', 'We sip on Friday.')).toBe(1);
  });
});
