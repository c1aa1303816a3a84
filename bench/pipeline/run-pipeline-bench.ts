import { parseArgs } from 'node:util';
import { describeMachine } from '../machine';
import type { Bench } from '../measure';
import { measuredText, type Finding } from '../report/finding';
import { approvalsMeasurement } from './approvals.measurement';
import { busMeasurement } from './bus.measurement';
import { feedsMeasurement } from './feeds.measurement';
import { meetingsMeasurement } from './meetings.measurement';
import { sampleMeasurement } from './sample.measurement';
import { takeoverMeasurement } from './takeover.measurement';
import type { Measurement } from './measurement';
import { pipelinePage, pipelinePlots } from './pipeline-page';

const MEASUREMENTS: readonly Measurement[] = [
  busMeasurement,
  sampleMeasurement,
  approvalsMeasurement,
  feedsMeasurement,
  takeoverMeasurement,
  meetingsMeasurement,
];

/** Measures how fast the pipeline is; `--only bus,feeds` measures, and writes nothing. */
export async function runPipelineBench({ args, say, smoke, publish }: Bench): Promise<void> {
  const { values } = parseArgs({ args, options: { only: { type: 'string' } } });
  const wanted = values.only?.split(',');
  const unknown = wanted?.filter((name) => !MEASUREMENTS.some((one) => one.name === name)) ?? [];
  if (unknown.length > 0) {
    const names = MEASUREMENTS.map(({ name }) => name).join(', ');
    throw new Error(`There is no ${unknown.join(', ')}: ${names}.`);
  }
  const findings: Finding[] = [];
  for (const { name, run, canBeSmall } of MEASUREMENTS) {
    if ((wanted && !wanted.includes(name)) || (smoke && !canBeSmall)) continue;
    say(`── ${name}`);
    for (const finding of await run(say, smoke)) {
      say(`${finding.what}: ${measuredText(finding)} ${finding.note ?? ''}`);
      findings.push(finding);
    }
  }
  if (wanted) return;
  const day = new Date().toISOString().slice(0, 10);
  publish({
    page: pipelinePage(day, describeMachine(), findings),
    findings,
    plots: pipelinePlots(findings),
  });
}
