import { analyseText } from '../analyse-text';
import { exampleContext } from '../test-data/example-context';

const topicsOf = (text: string): string[] => analyseText(text, exampleContext()).topics;

describe('topics', () => {
  it('are the noun phrases, in lower case, without what only fills', () => {
    expect(topicsOf("What's our Refund Policy for annual plans?")).toEqual([
      'refund policy',
      'annual plans',
    ]);
  });

  it('that come up again go first, and there are three at most', () => {
    const topics = topicsOf(
      'The checklist, the budget, the roadmap and the deployment pipeline are broken, the deployment pipeline fails daily',
    );
    expect(topics).toHaveLength(3);
    expect(topics[0]).toBe('deployment pipeline');
  });

  it('are neither dates, money nor people', () => {
    expect(topicsOf('Maria pays five thousand dollars on Friday')).toEqual([]);
  });

  it.each(['okay sounds good', 'thanks everyone', 'no idea', 'Mm-hmm.', 'Mm.', 'You guys, there.'])(
    'there are none in: %s',
    (text) => {
      expect(topicsOf(text)).toEqual([]);
    },
  );
});
