import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { PROJECT_ROOT } from '@parley/config';
import { describeMachine } from '../machine';
import { approvalsMeasurement } from './approvals.measurement';
import { busMeasurement } from './bus.measurement';
import { feedsMeasurement } from './feeds.measurement';
import { meetingsMeasurement } from './meetings.measurement';
import { sampleMeasurement } from './sample.measurement';
import { takeoverMeasurement } from './takeover.measurement';
import type { Measurement, PipelineFigure } from './pipeline-figure';
import { pipelinePage } from './pipeline-page';

const PAGE = join(PROJECT_ROOT, 'docs/pipeline-speed.md');
const MEASUREMENTS: readonly Measurement[] = [
  busMeasurement,
  sampleMeasurement,
  approvalsMeasurement,
  feedsMeasurement,
  takeoverMeasurement,
  meetingsMeasurement,
];

/** Measures how fast the pipeline is and writes docs/pipeline-speed.md; `--only bus,feeds` measures, and writes nothing. */
export async function runPipelineBench(args: string[], say: (line: string) => void): Promise<void> {
  const { values } = parseArgs({ args, options: { only: { type: 'string' } } });
  const wanted = values.only?.split(',');
  const unknown = wanted?.filter((name) => !MEASUREMENTS.some((one) => one.name === name)) ?? [];
  if (unknown.length > 0) {
    const names = MEASUREMENTS.map(({ name }) => name).join(', ');
    throw new Error(`There is no ${unknown.join(', ')}: ${names}.`);
  }
  const figures: PipelineFigure[] = [];
  for (const { name, run } of MEASUREMENTS) {
    if (wanted && !wanted.includes(name)) continue;
    say(`── ${name}`);
    for (const figure of await run(say)) {
      say(`${figure.what}: ${figure.measured} ${figure.note}`);
      figures.push(figure);
    }
  }
  if (wanted) return;
  const page = pipelinePage(new Date().toISOString().slice(0, 10), describeMachine(), figures);
  writeFileSync(PAGE, page);
  say(page);
}
