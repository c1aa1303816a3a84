import type { SentimentLabel } from '@parley/contracts';
import { scoreSentiment } from './score-sentiment';

describe('sentiment', () => {
  it.each<[string, SentimentLabel]>([
    ["I'm really happy with the results", 'positive'],
    ['this is a disaster, customers are angry', 'negative'],
    ['the server is in Frankfurt', 'neutral'],
    ["that's not good at all", 'negative'],
    ["I don't like the new design", 'negative'],
    ['can we meet next Tuesday at ten', 'neutral'],
    ['the support team shares the number', 'neutral'],
  ])('of "%s" is %s', (text, label) => {
    expect(scoreSentiment(text).label).toBe(label);
  });

  it('stays between -1 and 1', () => {
    const { score } = scoreSentiment(
      'great great great! awesome, fantastic, amazing, best win ever',
    );
    expect(score).toBeGreaterThan(0.5);
    expect(score).toBeLessThanOrEqual(1);
  });
});
