import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { SERVICE_NAMES, type ServiceName } from '@parley/config';
import type { Bench } from '../measure';
import { withSystem, type RunningSystem } from '../pipeline/running-system';
import { requireProcessFigures, treeUse } from '../process-tree';
import { soakFindings, soakPlots } from './soak-findings';
import type { MemoryAt } from './memory-growth';
import { soakPage, type SoakResult } from './soak-page';
import type { SoakOptions, SoakReport } from './soak-options';

const LOOK_EVERY_MS = 5_000;

const FULL = { meetings: 20, hours: 2, speed: 8, share: 0.1 };
const SMOKE = { meetings: 1, hours: 0.01, speed: 30, share: 0.1 };

/** Holds meetings for hours of their own time: whether memory stays what it is. */
export async function runSoak({ args, say, smoke, ...bench }: Bench): Promise<void> {
  requireProcessFigures();
  const usual = smoke ? SMOKE : FULL;
  const { values } = parseArgs({
    args,
    options: {
      meetings: { type: 'string', default: String(usual.meetings) },
      hours: { type: 'string', default: String(usual.hours) },
      speed: { type: 'string', default: String(usual.speed) },
      share: { type: 'string', default: String(usual.share) },
    },
  });
  const options: SoakOptions = {
    meetings: Number(values.meetings),
    hours: Number(values.hours),
    speed: Number(values.speed),
    share: Number(values.share),
  };
  const result = await withSystem({ settings: { ASR_MAX_MEETINGS: '1000' } }, (system) =>
    soak(system, options, say),
  );
  const page = soakPage(bench.measuredOn, bench.machine, options, result);
  bench.publish({ page, findings: soakFindings(options, result), plots: soakPlots(result) });
}

async function soak(
  system: RunningSystem,
  options: SoakOptions,
  say: (line: string) => void,
): Promise<SoakResult> {
  const startedAt = performance.now();
  const order = JSON.stringify({ ...options, urls: system.client.urls });
  const child = spawn(process.execPath, [join(__dirname, 'soaked-meetings.main.js'), order], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit') as Promise<[number | null]>;
  const memory: MemoryAt[] = [];
  let minutes = 0;
  let done: Extract<SoakReport, { kind: 'done' }> | undefined;
  const look = (): void => void memory.push({ minutes, megabytes: memoryOf(system) });
  look();
  const looking = setInterval(look, LOOK_EVERY_MS);
  try {
    for await (const line of createInterface({ input: child.stdout })) {
      const report = JSON.parse(line) as SoakReport;
      if (report.kind === 'done') done = report;
      else {
        minutes = report.minutes;
        if (minutes % 10 === 0) say(`${minutes} minutes of each meeting …`);
      }
    }
  } finally {
    clearInterval(looking);
  }
  const [code] = await ended;
  if (!done) throw new Error(`the meetings were not held to the end (${String(code)})`);
  return { ...done, memory, tookSeconds: (performance.now() - startedAt) / 1_000 };
}

function memoryOf(system: RunningSystem): Record<ServiceName, number> {
  const of = (name: ServiceName): number =>
    (treeUse(system.pidOf(name))?.privateBytes ?? Number.NaN) / 1e6;
  return Object.fromEntries(SERVICE_NAMES.map((name) => [name, of(name)])) as Record<
    ServiceName,
    number
  >;
}
