import type { Summary } from '@parley/client';
import { sectionsOf, readSections } from '../../apps/ui/src/components/meeting/line-sections';

const citing = (...ids: string[]): Summary['sections']['tasks'][number] => ({
  id: 'one',
  text: 'Said.',
  citations: ids.map((id) => ({ type: 'segment' as const, id, quote: 'Said.' })),
  supported: true,
});

const summary = (decisions: string[][], tasks: string[][]): Summary =>
  ({
    sections: {
      objectives: [citing('a')],
      keyPoints: [citing('a')],
      decisions: decisions.map((ids) => citing(...ids)),
      tasks: tasks.map((ids) => citing(...ids)),
      openQuestions: [],
    },
  }) as unknown as Summary;

describe('what stands on the lines of a transcript', () => {
  it('is what decisions and tasks cite them, and nothing else', () => {
    const sections = sectionsOf(summary([['b', 'c'], ['b']], [['c']]));
    expect([...sections.keys()].sort()).toEqual(['b', 'c']);
    expect(readSections(sections.get('b') ?? '')).toEqual(['decisions']);
    expect(readSections(sections.get('c') ?? '')).toEqual(['decisions', 'tasks']);
  });

  it('is nothing without a summary, and on lines that nobody cites', () => {
    expect(sectionsOf(null).size).toBe(0);
    expect(readSections('')).toEqual([]);
  });
});
