import 'reflect-metadata';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import {
  unwrap,
  type Meeting,
  type ParleyClient,
  type Summary,
  type TimelineEntry,
} from '@parley/client';
import { machineVariable } from '@parley/config';
import { launchSystem, type RunningSystem } from '../launch/launch-system';
import { reachSystem } from '../launch/reach-system';
import { serviceModules } from '../launch/service-modules';
import { StartError } from '../launch/start-error';
import { stopOnSignal } from '../launch/stop-on-signal';
import { MeetingPlayer } from '../meeting/meeting-player';
import { readRecorded, type Recorded } from '../meeting/read-recording';
import { exitWith } from '../terminal/explain';
import { LiveLine } from '../terminal/live-line';
import { progressBar } from '../terminal/progress-bar';
import { harmless, terminalStyle } from '../terminal/style';
import { TimelinePrinter } from '../terminal/timeline-printer';

const USAGE = `Usage: npm run meeting -- <recording> [--follow] [--json] [--title <title>] [--stay]
  <recording>  WAV, MP3, OGG/Opus, WebM, M4A (needs ffmpeg), up to three hours; or captions, WebVTT or SubRip
  --follow     print the timeline as it comes
  --json       print the timeline as JSON lines, for machines
  --stay       when Parley was not running and was started for this, keep it running`;

const style = terminalStyle(process.stdout.isTTY && !machineVariable('NO_COLOR'));
const line = new LiveLine(process.stdout);
const status = new LiveLine(process.stderr);

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      follow: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      stay: { type: 'boolean', default: false },
      title: { type: 'string' },
    },
  });
  const [file] = positionals;
  if (!file) throw new StartError(USAGE);
  status.show('Decoding …');
  const recorded = await readRecorded(file);
  status.clear();

  const running = await reachSystem();
  const own = running ? null : await launch();
  const client = running ?? own?.client;
  if (!client) return;
  const stopping = own ? stopOnSignal(own, status).signal : new AbortController().signal;

  const meeting = await unwrap(
    client.ingestion.POST('/v1/meetings', {
      body: {
        title: (values.title ?? basename(file)).slice(0, 200),
        platform: 'other',
        timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      },
    }),
  );
  const summary = await play(client, meeting, recorded, stopping, values);
  if (!values.json) await report(client, meeting, summary);
  if (own && values.stay) {
    status.print('Running. Ctrl-C stops everything.');
    return;
  }
  await own?.close();
  process.exit(0);
}

async function launch(): Promise<RunningSystem> {
  status.print('Parley is not running; starting it …');
  return launchSystem(serviceModules, (text) => {
    status.show(text);
  });
}

async function play(
  client: ParleyClient,
  meeting: Meeting,
  recorded: Recorded,
  signal: AbortSignal,
  options: { follow: boolean; json: boolean },
): Promise<Summary | undefined> {
  const printer = new TimelinePrinter(line, style);
  let summary: Summary | undefined;
  const onEntry = (entry: TimelineEntry): void => {
    if (entry.type === 'summary') summary = entry.data;
    if (options.json) process.stdout.write(`${JSON.stringify(entry)}\n`);
    else if (options.follow && entry.type !== 'summary') printer.entry(entry);
  };
  const player = new MeetingPlayer(client, meeting.id, signal);
  if ('subtitles' in recorded) {
    await player.import(recorded.subtitles, onEntry);
    return summary;
  }
  await player.play(new Map([['main', recorded.pcm]]), {
    speed: Infinity,
    onEntry,
    onProgress: (doneMs, totalMs) => {
      status.show(`Listening ${progressBar(doneMs, totalMs)}`);
    },
  });
  status.clear();
  return summary;
}

/** What a person wants to see at the end: the summary, what it covers, what waits for them. */
async function report(
  client: ParleyClient,
  meeting: Meeting,
  summary: Summary | undefined,
): Promise<void> {
  const printer = new TimelinePrinter(line, style);
  if (summary) {
    printer.entry({ type: 'summary', meetingId: meeting.id, at: '', data: summary });
  }
  const { id: meetingId } = meeting;
  line.print('');
  const coverage = await unwrap(
    client.ingestion.GET('/v1/meetings/{id}/coverage', { params: { path: { id: meetingId } } }),
  );
  // Of captions nothing was heard.
  if (coverage.totalMs > 0) printer.coverage(coverage);
  const query = { meetingId, status: 'pending' } as const;
  const { items } = await unwrap(client.agent.GET('/v1/suggestions', { params: { query } }));
  line.print(style.bold(`\nSuggestions: ${items.length}`));
  for (const { id, kind, text } of items) {
    line.print(`  ${style.bold(kind)} ${harmless(text)}\n    npm run approve -- ${id}`);
  }
}

main().catch(exitWith);
