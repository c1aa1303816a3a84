import 'reflect-metadata';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { PROJECT_ROOT } from '@parley/config';
import { localClient } from '../apps/standalone/src/client/local-client';
import { SystemProcess } from '../apps/standalone/src/launch/system-process';
import { compareWithExpected, readExpected } from './expectations';
import { measureFirstStart, SET_UP_START } from './first-start';
import { finalLatencies, firstWordLatencies, suggestionLatencies } from './latency';
import { measure, say, type Bench } from './measure';
import { ownEnvironment } from './own-environment';
import { percentile } from './percentile';
import { treeUse, type TreeUse } from './process-tree';
import { LEAST_TRANSCRIBED_PERCENT, samplePage } from './sample-page';
import type { Finding, SuiteReport } from './report/finding';
import { runSample, type SampleResult } from './sample-run';
import { scoreTranscript, transcribedShare } from './transcript-score';

const START_LIMIT_MS = 60_000;
const SAMPLE_EVERY_MS = 2_000;
/** Of the sample meeting, in a smoke run. */
const SHORT = { lengthMs: 12_000, speed: 4 };
/** A machine with other work would find that it can carry none. */
const ANYWAY = { ASR_MAX_MEETINGS: '4' };
const FIRST_START = 'fresh clone to first live line';
const FIRST_START_SECONDS = 90;

/** Starts Parley and plays the sample meeting; `--no-clone` leaves the start of a fresh clone out. */
async function runSampleBench({ args, smoke, ...bench }: Bench): Promise<void> {
  const { values } = parseArgs({
    args,
    options: { 'no-clone': { type: 'boolean', default: false }, raw: { type: 'string' } },
  });
  const dataDir = mkdtempSync(join(tmpdir(), 'parley-bench-'));
  const noClone = values['no-clone'] || smoke;
  try {
    const findings = [noClone ? skipped() : await firstStart()];
    if (!smoke) findings.push(await emptyStart(dataDir));
    say('Starting again, and playing the sample …');
    const system = await start(dataDir, smoke ? ANYWAY : {});
    try {
      findings.push(
        timed('second start to six ready services', await system.ready(START_LIMIT_MS), 8),
      );
      const uses: TreeUse[] = [];
      const timer = setInterval(() => {
        const use = treeUse(system.pid);
        if (use) uses.push(use);
      }, SAMPLE_EVERY_MS);
      const client = localClient(system.urls);
      const run = await runSample(client, progress, smoke ? SHORT : {}).finally(() => {
        clearInterval(timer);
      });
      findings.push(...useFindings(uses), ...latencyFindings(run));
      if (values.raw) writeFileSync(values.raw, JSON.stringify(run, null, 1));
      bench.publish(report(bench, findings, run));
    } finally {
      const stoppedAt = performance.now();
      await system.interrupt();
      say(`Stopped within ${((performance.now() - stoppedAt) / 1_000).toFixed(1)} s.`);
    }
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}

function start(dataDir: string, settings: Record<string, string> = {}): Promise<SystemProcess> {
  const modelsDir = process.env.MODELS_DIR ?? join(PROJECT_ROOT, '.parley/models');
  const env = ownEnvironment({ DATA_DIR: dataDir, MODELS_DIR: modelsDir, ...settings });
  return SystemProcess.start({ env, file: SET_UP_START });
}

async function firstStart(): Promise<Finding> {
  say('Cloning what is committed, and starting it …');
  try {
    const note = 'packages and weights from a warm npm cache';
    return { ...timed(FIRST_START, await measureFirstStart(), FIRST_START_SECONDS), note };
  } catch (error) {
    say(`That failed: ${String(error)}`);
    return { ...skipped(), note: 'the clone did not start' };
  }
}

function skipped(): Finding {
  const note = 'left out by `--no-clone`';
  return { ...timed(FIRST_START, 0, FIRST_START_SECONDS), measured: null, note };
}

async function emptyStart(dataDir: string): Promise<Finding> {
  say('Starting on an empty data folder …');
  const system = await start(dataDir);
  try {
    return timed(
      'first start, packages, weights and build there',
      await system.ready(START_LIMIT_MS),
    );
  } finally {
    await system.interrupt();
  }
}

function useFindings(uses: TreeUse[]): Finding[] {
  const sizes = uses.map(({ pssBytes }) => pssBytes / 1e9);
  const [first, last] = [uses.at(0), uses.at(-1)];
  const cores =
    first && last && first !== last
      ? (last.cpuMs - first.cpuMs) / ((uses.length - 1) * SAMPLE_EVERY_MS)
      : null;
  return [
    {
      what: 'memory while the sample plays, peak',
      measured: last ? Math.max(...sizes) : null,
      unit: 'GB',
      goal: { atMost: 1.5 },
      note: last
        ? `proportional set size of ${last.processes} processes together, ${(percentile(sizes, 50) ?? 0).toFixed(2)} GB in the median`
        : 'nobody could look: it was too short, or there is no /proc here',
    },
    {
      what: 'processor while the sample plays',
      measured: cores,
      unit: 'cores',
      note: 'in the mean',
    },
  ];
}

function latencyFindings(run: SampleResult): Finding[] {
  const finals = finalLatencies(run.turns, run.finals);
  const suggestions = suggestionLatencies(run.suggestions, run.finals);
  const words = firstWordLatencies(run.turns, [...run.partials, ...run.finals]);
  const turns = `${finals.length} of ${run.turns.length} turns`;
  const many = `${suggestions.length} suggestions`;
  return [
    spread('first words of a turn after its beginning', words, 50),
    { ...spread('final line after the end of speech', finals, 50), note: turns },
    spread('final line after the end of speech', finals, 95, 900),
    { ...spread('suggestion after the final line', suggestions, 50), note: many },
    spread('suggestion after the final line', suggestions, 95, 300),
    timed('final summary after the last sample', run.summaryMs),
  ];
}

function report(
  { measuredOn, machine }: Pick<Bench, 'measuredOn' | 'machine'>,
  findings: Finding[],
  run: SampleResult,
): SuiteReport {
  const suggestions = run.suggestions.map(({ value }) => value);
  const outcomes = compareWithExpected(readExpected(), suggestions, run.summary);
  const spoken = transcribedShare(run.turns, run.coverage);
  const lines = run.finals.map(({ value }) => value);
  const page = samplePage({
    measuredOn,
    machine,
    findings,
    transcript: scoreTranscript(run.turns, lines),
    coverage: run.coverage,
    transcribedShare: spoken,
    outcomes,
  });
  for (const { what, missing } of outcomes) {
    for (const one of missing) say(`not found among ${what}: ${one}`);
  }
  const covered: Finding = {
    what: 'time in which somebody speaks, in transcribed spans',
    measured: spoken * 100,
    unit: '%',
    goal: { atLeast: LEAST_TRANSCRIBED_PERCENT },
  };
  return { page, findings: [...findings, covered], plots: [] };
}

function timed(what: string, ms: number, mostSeconds?: number): Finding {
  const goal = mostSeconds === undefined ? {} : { goal: { atMost: mostSeconds } };
  return { what, measured: ms / 1_000, unit: 's', ...goal };
}

function spread(what: string, latencies: number[], percent: number, mostMs?: number): Finding {
  return {
    what: `${what}, p${percent}`,
    measured: percentile(latencies, percent),
    unit: 'ms',
    ...(mostMs === undefined ? {} : { goal: { atMost: mostMs } }),
  };
}

function progress(second: number, seconds: number): void {
  if (second % 10 === 0) say(`  ${second} of ${seconds} s`);
}

measure('sample', runSampleBench);
