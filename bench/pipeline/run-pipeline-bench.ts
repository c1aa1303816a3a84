import { parseArgs } from 'node:util';
import type { Bench } from '../measure';
import { measuredText, type Finding, type Plot } from '../report/finding';
import { approvalsMeasurement } from './approvals.measurement';
import { busMeasurement } from './bus.measurement';
import { feedsMeasurement } from './feeds.measurement';
import { meetingsMeasurement } from './meetings.measurement';
import { sampleMeasurement } from './sample.measurement';
import { streamsMeasurement } from './streams.measurement';
import { takeoverMeasurement } from './takeover.measurement';
import type { Measurement } from './measurement';
import { pipelinePage } from './pipeline-page';

const MEASUREMENTS: readonly Measurement[] = [
  busMeasurement,
  sampleMeasurement,
  approvalsMeasurement,
  feedsMeasurement,
  takeoverMeasurement,
  streamsMeasurement,
  meetingsMeasurement,
];

/** Measures how fast the pipeline is; `--only bus,feeds` measures, and writes nothing. */
export async function runPipelineBench({ args, say, smoke, ...bench }: Bench): Promise<void> {
  const { values } = parseArgs({ args, options: { only: { type: 'string' } } });
  const wanted = values.only?.split(',');
  const unknown = wanted?.filter((name) => !MEASUREMENTS.some((one) => one.name === name)) ?? [];
  if (unknown.length > 0) {
    const names = MEASUREMENTS.map(({ name }) => name).join(', ');
    throw new Error(`There is no ${unknown.join(', ')}: ${names}.`);
  }
  const findings: Finding[] = [];
  const plots: Plot[] = [];
  for (const { name, run, canBeSmall } of MEASUREMENTS) {
    if ((wanted && !wanted.includes(name)) || (smoke && !canBeSmall)) continue;
    say(`── ${name}`);
    const measured = await run(say, smoke);
    for (const finding of measured.findings) {
      say(`${finding.what}: ${measuredText(finding)} ${finding.note ?? ''}`);
      findings.push(finding);
    }
    plots.push(...measured.plots);
  }
  if (wanted) return;
  const page = pipelinePage(bench.measuredOn, bench.machine, findings);
  bench.publish({ page, findings, plots });
}
