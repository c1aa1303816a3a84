import { fuse } from './fusion';

describe('fuse', () => {
  it('gives 1 to what is first in every ranking', () => {
    const [best] = fuse([
      { ids: ['a', 'b'], weight: 1 },
      { ids: ['a', 'c'], weight: 0.3 },
    ]);
    expect(best?.id).toBe('a');
    expect(best?.fused).toBeCloseTo(1, 10);
  });

  it('lets a second ranking lift what both know', () => {
    const fused = fuse([
      { ids: ['a', 'b'], weight: 1 },
      { ids: ['b'], weight: 0.3 },
    ]);
    expect(fused.map((hit) => hit.id)).toEqual(['b', 'a']);
  });

  it('never puts what only the weaker one knows above the first of the stronger one', () => {
    const fused = fuse([
      { ids: ['a'], weight: 1 },
      { ids: ['z'], weight: 0.3 },
    ]);
    expect(fused.map((hit) => hit.id)).toEqual(['a', 'z']);
  });

  it('is the ranking itself when there is only one', () => {
    const fused = fuse([
      { ids: ['b', 'a', 'c'], weight: 1 },
      { ids: [], weight: 0.3 },
    ]);
    expect(fused.map((hit) => hit.id)).toEqual(['b', 'a', 'c']);
  });
});
