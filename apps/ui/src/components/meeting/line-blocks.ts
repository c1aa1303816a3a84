import type { Segment } from '@parley/client';

const BLOCK = 100;

/** The lines in blocks of a hundred; a block whose lines are those of `before` is the very same array. */
export function inBlocks(lines: Segment[], before: Segment[][]): Segment[][] {
  return Array.from({ length: Math.ceil(lines.length / BLOCK) }, (_, nth) => {
    const block = lines.slice(nth * BLOCK, (nth + 1) * BLOCK);
    const former = before[nth];
    const isSame =
      former?.length === block.length && block.every((line, index) => line === former[index]);
    return isSame ? former : block;
  });
}
