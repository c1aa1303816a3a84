import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { linePlot } from '../line-plot';
import { barPlot } from './bar-plot';
import { benchmarksPage, promisesPlot } from './benchmarks-page';
import type { Finding, Plot, SuiteFindings, SuiteReport } from './finding';
import { plotFile } from './plot-file';
import { qualityPage } from './quality-page';
import { readSuites } from './suites';

/**
 * Writes a suite's page and figures into a folder, and `benchmarks.md` and `quality.md` anew from the figures of all suites there.
 * @throws RangeError for a figure that is no number, which JSON would keep as one that was not measured
 */
export function publish(
  folder: string,
  { page, findings, plots }: SuiteReport,
  about: Omit<SuiteFindings, 'findings' | 'plots'>,
): void {
  const suite = readSuites().find(({ name }) => name === about.suite);
  if (!suite) throw new RangeError(`bench/suites.json does not list ${about.suite}`);
  for (const finding of findings) mustBeNumbers(finding);
  write(join(folder, suite.page), page);
  const kept: SuiteFindings = { ...about, findings, plots };
  write(findingsFile(folder, suite.name), `${JSON.stringify(kept, null, 2)}\n`);
  summarize(folder);
}

/** Writes `benchmarks.md`, `quality.md` and their plots from the figures that are kept in a folder. */
export function summarize(folder: string): void {
  for (const [file, text] of summary(folder)) write(join(folder, file), text);
}

/** What `summarize` writes, by the path below the folder. */
export function summary(folder: string): [file: string, text: string][] {
  const suites = readSuites();
  const all = suites.flatMap((suite) => {
    const file = findingsFile(folder, suite.name);
    if (!existsSync(file)) return [];
    return [JSON.parse(readFileSync(file, 'utf8')) as SuiteFindings];
  });
  const plots = [promisesPlot(all), ...all.flatMap((one) => one.plots)];
  return [
    ['benchmarks.md', benchmarksPage(suites, all)],
    ['quality.md', qualityPage(suites, all)],
    ...plots.map((plot): [string, string] => [plotFile(plot), svg(plot)]),
  ];
}

function mustBeNumbers({ what, measured, baseline, spread }: Finding): void {
  const figures = [measured ?? 0, baseline?.value ?? 0, spread?.low ?? 0, spread?.high ?? 0];
  const wrong = figures.find((figure) => !Number.isFinite(figure));
  if (wrong !== undefined) throw new RangeError(`${what}: ${wrong} is no figure`);
}

function findingsFile(folder: string, suite: string): string {
  return join(folder, 'benchmarks', `${suite}.json`);
}

function svg(plot: Plot): string {
  if (plot.kind === 'bars') return barPlot(plot.title, plot.unit, plot.bars, plot.goal);
  return linePlot(plot.title, plot.xUnit, plot.yUnit, plot.lines);
}

function write(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
