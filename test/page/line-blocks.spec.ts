import type { Segment } from '@parley/client';
import { inBlocks } from '../../apps/ui/src/components/meeting/line-blocks';

const lines = (count: number): Segment[] =>
  Array.from({ length: count }, (_, nth) => ({ id: `line-${nth}` }) as Segment);

it('a line that comes leaves the blocks before it as they are', () => {
  const before = lines(250);
  const blocks = inBlocks(before, []);
  const after = inBlocks([...before, ...lines(1)], blocks);
  expect(after.map((block) => block.length)).toEqual([100, 100, 51]);
  expect(after[0]).toBe(blocks[0]);
  expect(after[1]).toBe(blocks[1]);
});

it('a line that is put right changes its own block', () => {
  const before = lines(250);
  const blocks = inBlocks(before, []);
  const revised = before.map((line, nth) => (nth === 120 ? { ...line, text: 'right' } : line));
  const after = inBlocks(revised, blocks);
  expect(after.map((block, nth) => block === blocks[nth])).toEqual([true, false, true]);
});
