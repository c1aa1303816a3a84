'use client';

import type { Segment } from '@parley/client';
import { memo, useRef } from 'react';
import type { IsKept } from '@/meeting/use-recording';
import { colorOf } from '../voices';
import type { Correcting } from './correcting';
import { inBlocks } from './line-blocks';
import type { LineSections } from './line-sections';
import type { SummaryEditing } from './summary-editing';
import { lineId, TranscriptLine } from './transcript-line';

interface FinalLinesProps {
  lines: Segment[];
  colors: ReadonlyMap<string, string>;
  /** The line that somebody asked to see. */
  marked: { id: string; at: number } | null;
  correcting: Correcting | null;
  noting: SummaryEditing | null;
  /** Where the summary cites which line. */
  sections: LineSections;
  isKept: IsKept | null;
  onTrace: (segmentId: string) => void;
  /** The line that has the focus. */
  current: string | null;
}

/** What is said for good, in blocks: a line that comes makes work for its own block, not for the thousands before. */
export const FinalLines = memo(function FinalLines(props: FinalLinesProps) {
  const { lines, marked, current, ...same } = props;
  const blocks = useRef<Segment[][]>([]);
  blocks.current = inBlocks(lines, blocks.current);
  // Tab reaches one line's buttons, the last one's at first; arrow keys lead to those of the others.
  const reached = lines.some(({ id }) => lineId(id) === current);
  return blocks.current.map((block, nth) => {
    const has = (is: (line: Segment) => boolean): boolean => block.some(is);
    const isLast = nth === blocks.current.length - 1;
    return (
      <LineBlock
        key={nth}
        {...same}
        lines={block}
        before={blocks.current[nth - 1]?.at(-1)}
        marked={has(({ id }) => id === marked?.id) ? marked : null}
        current={has(({ id }) => lineId(id) === current) ? current : null}
        endReachable={isLast && !reached}
      />
    );
  });
});

interface LineBlockProps extends FinalLinesProps {
  /** What was said right before. */
  before: Segment | undefined;
  /** The buttons of its last line are on the way of the Tab key. */
  endReachable: boolean;
}

const LineBlock = memo(function LineBlock(props: LineBlockProps) {
  const { lines, before, colors, marked, correcting, noting, sections, isKept, onTrace, current } =
    props;
  return lines.map((line, index) => (
    <TranscriptLine
      key={line.id}
      line={line}
      color={colorOf(colors, line)}
      continues={isSameVoice(lines[index - 1] ?? before, line)}
      markedAt={marked?.id === line.id ? marked.at : null}
      correcting={correcting}
      noting={noting}
      sections={sections.get(line.id) ?? ''}
      kept={isKept?.(line) ?? false}
      onTrace={onTrace}
      reachable={lineId(line.id) === current || (props.endReachable && index === lines.length - 1)}
    />
  ));
});

function isSameVoice(before: Segment | undefined, line: Segment): boolean {
  return before?.channel === line.channel && before.speaker?.id === line.speaker?.id;
}
