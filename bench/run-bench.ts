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
import { describeMachine } from './machine';
import { measure, say } from './measure';
import { ownEnvironment } from './own-environment';
import { percentile } from './percentile';
import { treeUse, type TreeUse } from './process-tree';
import { qualityPage, type Figure } from './quality-page';
import { runSample, type SampleResult } from './sample-run';
import { scoreTranscript, transcribedShare } from './transcript-score';

const START_LIMIT_MS = 60_000;
const SAMPLE_EVERY_MS = 2_000;
const PAGE = join(PROJECT_ROOT, 'docs/quality.md');

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { 'no-clone': { type: 'boolean', default: false }, raw: { type: 'string' } },
  });
  const dataDir = mkdtempSync(join(tmpdir(), 'parley-bench-'));
  try {
    const figures = [values['no-clone'] ? skipped() : await firstStart()];
    figures.push(...(await emptyStart(dataDir)));
    say('Starting again, and playing the sample …');
    const system = await start(dataDir);
    try {
      figures.push(
        figure('second start to six ready services', await system.ready(START_LIMIT_MS), '8.0 s'),
      );
      const uses: TreeUse[] = [];
      const timer = setInterval(() => {
        const use = treeUse(system.pid);
        if (use) uses.push(use);
      }, SAMPLE_EVERY_MS);
      const run = await runSample(localClient(system.urls), progress).finally(() => {
        clearInterval(timer);
      });
      figures.push(...useFigures(uses), ...latencyFigures(run));
      if (values.raw) writeFileSync(values.raw, JSON.stringify(run, null, 1));
      writePage(figures, run);
    } finally {
      const stoppedAt = performance.now();
      await system.interrupt();
      say(`Stopped within ${inSeconds(performance.now() - stoppedAt)}.`);
    }
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}

function start(dataDir: string): Promise<SystemProcess> {
  const modelsDir = process.env.MODELS_DIR ?? join(PROJECT_ROOT, '.parley/models');
  const env = ownEnvironment({ DATA_DIR: dataDir, MODELS_DIR: modelsDir });
  return SystemProcess.start({ env, file: SET_UP_START });
}

async function firstStart(): Promise<Figure> {
  say('Cloning what is committed, and starting it …');
  const what = 'fresh clone to first live line';
  try {
    const note = 'packages and weights from a warm npm cache';
    return { ...figure(what, await measureFirstStart(), '90.0 s'), note };
  } catch (error) {
    say(`That failed: ${String(error)}`);
    return { what, value: null, promised: '<= 90.0 s', note: 'the clone did not start' };
  }
}

function skipped(): Figure {
  const note = 'left out by `--no-clone`';
  return { what: 'fresh clone to first live line', value: null, promised: '<= 90.0 s', note };
}

async function emptyStart(dataDir: string): Promise<Figure[]> {
  say('Starting on an empty data folder …');
  const system = await start(dataDir);
  try {
    return [
      figure('first start, packages, weights and build there', await system.ready(START_LIMIT_MS)),
    ];
  } finally {
    await system.interrupt();
  }
}

function useFigures(uses: TreeUse[]): Figure[] {
  const [first, last] = [uses.at(0), uses.at(-1)];
  if (!first || !last) return [{ what: 'memory', value: null, note: 'there is no /proc here' }];
  const peak = Math.max(...uses.map(({ pssBytes }) => pssBytes));
  const usual =
    percentile(
      uses.map(({ pssBytes }) => pssBytes),
      50,
    ) ?? 0;
  const cores = (last.cpuMs - first.cpuMs) / ((uses.length - 1) * SAMPLE_EVERY_MS);
  const gigabytes = (bytes: number): string => `${(bytes / 1e9).toFixed(2)} GB`;
  return [
    {
      what: 'memory while the sample plays, peak',
      value: gigabytes(peak),
      promised: '<= 1.50 GB',
      note: `proportional set size of ${last.processes} processes together, ${gigabytes(usual)} in the median`,
    },
    {
      what: 'processor while the sample plays',
      value: `${cores.toFixed(2)} cores`,
      note: 'in the mean',
    },
  ];
}

function latencyFigures(run: SampleResult): Figure[] {
  const finals = finalLatencies(run.turns, run.finals);
  const suggestions = suggestionLatencies(run.suggestions, run.finals);
  const words = firstWordLatencies(run.turns, [...run.partials, ...run.finals]);
  const turns = `${finals.length} of ${run.turns.length} turns`;
  return [
    spread('first words of a turn after its beginning', words, 50),
    { ...spread('final line after the end of speech', finals, 50), note: turns },
    spread('final line after the end of speech', finals, 95, '900 ms'),
    {
      ...spread('suggestion after the final line', suggestions, 50),
      note: `${suggestions.length} suggestions`,
    },
    spread('suggestion after the final line', suggestions, 95, '300 ms'),
    figure('final summary after the last sample', run.summaryMs),
  ];
}

function writePage(figures: Figure[], run: SampleResult): void {
  const suggestions = run.suggestions.map(({ value }) => value);
  const outcomes = compareWithExpected(readExpected(), suggestions, run.summary);
  const page = qualityPage({
    measuredOn: new Date().toISOString().slice(0, 10),
    machine: describeMachine(),
    figures,
    transcript: scoreTranscript(
      run.turns,
      run.finals.map(({ value }) => value),
    ),
    coverage: run.coverage,
    transcribedShare: transcribedShare(run.turns, run.coverage),
    outcomes,
  });
  writeFileSync(PAGE, page);
  process.stdout.write(page);
  for (const { what, missing } of outcomes) {
    for (const one of missing) say(`not found among ${what}: ${one}`);
  }
  say(`Written to docs/quality.md.`);
}

function figure(what: string, ms: number, limit?: string): Figure {
  return { what, value: inSeconds(ms), ...(limit ? { promised: `<= ${limit}` } : {}) };
}

function spread(what: string, latencies: number[], percent: number, limit?: string): Figure {
  const ms = percentile(latencies, percent);
  return {
    what: `${what}, p${percent}`,
    value: ms === null ? null : `${Math.round(ms)} ms`,
    ...(limit ? { promised: `<= ${limit}` } : {}),
  };
}

function inSeconds(ms: number): string {
  return `${(ms / 1_000).toFixed(1)} s`;
}

function progress(second: number, seconds: number): void {
  if (second % 10 === 0) say(`  ${second} of ${seconds} s`);
}

measure(main);
