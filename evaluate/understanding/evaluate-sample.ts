import type { SummaryLine } from '@parley/contracts';
import { extractiveSummary } from '../../apps/agent/src/summary/extractive-summary';
import { f1 } from '../../apps/nlu/training/intent-scores';
import { readExpected } from '../../bench/expectations';
import { sampleLines } from './sample-lines';

export interface FoundScore {
  what: string;
  expected: number;
  found: number;
  written: number;
  precision: number;
  recall: number;
  f1: number;
}

export interface SampleQuality {
  scores: FoundScore[];
  /** Lines of the summary, and those whose citation holds every word that carries meaning. */
  lines: number;
  supported: number;
}

/** Decisions and tasks that nlu and the extractive summary make of the sample meeting's own words. */
export async function evaluateSample(): Promise<SampleQuality> {
  const { lines, participants } = await sampleLines();
  const sections = extractiveSummary({ lines, participants, answered: new Set() });
  const expected = readExpected();
  const all = Object.values(sections).flat();
  return {
    scores: [
      scoreOf('decisions', expected.decisions, sections.decisions),
      scoreOf('tasks', expected.tasks, sections.tasks),
    ],
    lines: all.length,
    supported: all.filter(({ supported }) => supported).length,
  };
}

function scoreOf(what: string, expected: { contains: string }[], lines: SummaryLine[]): FoundScore {
  const holds = (line: SummaryLine, { contains }: { contains: string }): boolean =>
    line.text.toLowerCase().includes(contains.toLowerCase());
  const found = expected.filter((one) => lines.some((line) => holds(line, one))).length;
  const right = lines.filter((line) => expected.some((one) => holds(line, one))).length;
  const precision = lines.length === 0 ? 0 : right / lines.length;
  const recall = expected.length === 0 ? 0 : found / expected.length;
  const written = lines.length;
  return {
    what,
    expected: expected.length,
    found,
    written,
    precision,
    recall,
    f1: f1(precision, recall),
  };
}
