import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { PROJECT_ROOT, SERVICE_NAMES, type ServiceName } from '@parley/config';
import { linePlot } from '../line-plot';
import { describeMachine } from '../machine';
import { withSystem, type RunningSystem } from '../pipeline/running-system';
import { treeUse } from '../process-tree';
import { soakPage, type MemoryAt, type SoakResult } from './soak-page';
import type { SoakOptions, SoakReport } from './soak-options';

const PAGE = join(PROJECT_ROOT, 'docs/soak.md');
const PLOT = join(PROJECT_ROOT, 'docs/images/soak.svg');
const LOOK_EVERY_MS = 5_000;

/** Holds meetings for hours of their own time and writes docs/soak.md: whether memory stays what it is. */
export async function runSoak(args: string[], say: (line: string) => void): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      meetings: { type: 'string', default: '20' },
      hours: { type: 'string', default: '2' },
      speed: { type: 'string', default: '8' },
      share: { type: 'string', default: '0.1' },
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
  const day = new Date().toISOString().slice(0, 10);
  const page = soakPage(day, describeMachine(), options, result);
  say(page);
  const lines = SERVICE_NAMES.map((name) => ({
    name,
    points: result.memory.map(({ minutes, megabytes }) => ({ x: minutes, y: megabytes[name] })),
  }));
  writeFileSync(
    PLOT,
    linePlot('Memory of the six services', 'minutes of each meeting', 'MB', lines),
  );
  writeFileSync(PAGE, page);
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
  const looking = setInterval(() => {
    memory.push({ minutes, megabytes: memoryOf(system) });
  }, LOOK_EVERY_MS);
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
    (treeUse(system.pidOf(name))?.pssBytes ?? Number.NaN) / 1e6;
  return Object.fromEntries(SERVICE_NAMES.map((name) => [name, of(name)])) as Record<
    ServiceName,
    number
  >;
}
