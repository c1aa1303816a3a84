// First: what is to be traced must be loaded after it.
import './tracing';
import 'reflect-metadata';
import { parseArgs } from 'node:util';
import { unwrap } from '@parley/client';
import { loadSettings, machineVariable } from '@parley/config';
import { playSample } from '../demo/play-sample';
import { launchSystem, type RunningSystem } from '../launch/launch-system';
import { PageProcess } from '../launch/page-process';
import { pageSettings } from '../launch/page.settings';
import { serviceModules } from '../launch/service-modules';
import { stopOnSignal } from '../launch/stop-on-signal';
import { exitWith } from '../terminal/explain';
import { LiveLine } from '../terminal/live-line';
import { terminalStyle } from '../terminal/style';
import { systemTable } from '../terminal/system-table';
import { TimelinePrinter } from '../terminal/timeline-printer';

const style = terminalStyle(process.stdout.isTTY && !machineVariable('NO_COLOR'));
const line = new LiveLine(process.stdout);

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      demo: { type: 'boolean', default: false },
      'no-demo': { type: 'boolean', default: false },
      'no-page': { type: 'boolean', default: false },
    },
  });
  const startedAt = performance.now();
  const system = await launchSystem(serviceModules, (text) => {
    line.print(style.dim(text));
  });
  let page: Promise<PageProcess | null> = Promise.resolve(null);
  const close = async (): Promise<void> => {
    await (await page)?.stop();
    await system.close();
  };
  const stopped = stopOnSignal({ ...system, close }, line);
  const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1);
  line.print(
    `\n${style.bold('Parley is up')} (${seconds} s)\n${await systemTable(system, style)}\n`,
  );
  if (!values['no-page']) page = openPage(system, stopped.signal);
  const wanted = values.demo || (system.embedded.database && (await isEmpty(system)));
  if (wanted && !values['no-demo']) {
    await demo(system, stopped.signal);
  }
  line.print(style.dim('Running. Ctrl-C stops everything.'));
}

/** Beside everything else: what is wrong with the page takes nothing else down. */
async function openPage(system: RunningSystem, signal: AbortSignal): Promise<PageProcess | null> {
  const report = (text: string): void => {
    line.print(style.dim(text));
  };
  try {
    const settings = { ...loadSettings(pageSettings), HOST: system.settings.HOST };
    const page = await PageProcess.start(settings, system.client.urls, report, signal);
    line.print(`${style.bold('The page')}: ${page.url}\n`);
    return page;
  } catch (error) {
    if (signal.aborted) return null;
    const reason = error instanceof Error ? error.message : String(error);
    line.print(`There is no page this time: ${reason}`);
    return null;
  }
}

async function isEmpty(system: RunningSystem): Promise<boolean> {
  const { items } = await unwrap(
    system.client.ingestion.GET('/v1/meetings', { params: { query: { limit: 1 } } }),
  );
  return items.length === 0;
}

async function demo(system: RunningSystem, signal: AbortSignal): Promise<void> {
  const { client } = system;
  const printer = new TimelinePrinter(line, style);
  line.print(style.bold('The sample meeting, as it is spoken (two minutes):\n'));
  try {
    const run = await playSample(
      client,
      (entry) => {
        printer.entry(entry);
      },
      signal,
    );
    await run.finished;
    const { id } = run.meeting;
    line.print('');
    printer.coverage(
      await unwrap(
        client.ingestion.GET('/v1/meetings/{id}/coverage', { params: { path: { id } } }),
      ),
    );
    await invite(system, id);
  } catch (error) {
    if (signal.aborted) return;
    line.print(
      `The sample meeting stopped: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

/** Nothing is carried out by itself: says how a person does it. */
async function invite(system: RunningSystem, meetingId: string): Promise<void> {
  const query = { meetingId, status: 'pending' } as const;
  const { items } = await unwrap(system.client.agent.GET('/v1/suggestions', { params: { query } }));
  if (items.length === 0) return;
  line.print(style.bold('\nWaiting for a person (in another terminal):'));
  for (const suggestion of items) {
    line.print(
      `  npm run approve -- ${suggestion.id}   ${style.dim(`${suggestion.kind}: ${suggestion.text}`)}`,
    );
  }
  line.print('');
}

main().catch(exitWith);
