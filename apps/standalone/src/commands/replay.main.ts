import 'reflect-metadata';
import { relative } from 'node:path';
import { parseArgs } from 'node:util';
import type { ParleyClient } from '@parley/client';
import { loadSettings, machineVariable, serviceSettings } from '@parley/config';
import { localClient, shownKey } from '../client/local-client';
import { SAMPLE_FOLDER } from '../demo/sample-meeting';
import { localUrls } from '../launch/ports';
import { StartError } from '../launch/start-error';
import { compareResults } from '../replay/compare-results';
import { differenceReport } from '../replay/difference-report';
import { startOwnSystem, type OwnSystem } from '../replay/own-system';
import { replayMeeting } from '../replay/replay-meeting';
import { readResult, writeResult } from '../replay/replay-result';
import {
  guessedStart,
  readReplayed,
  resultPath,
  type ReplayedMeeting,
} from '../replay/replayed-meeting';
import { exitWith } from '../terminal/explain';
import { LiveLine } from '../terminal/live-line';
import { progressBar } from '../terminal/progress-bar';
import { harmless, terminalStyle } from '../terminal/style';

const USAGE = `Usage: npm run replay [-- [<meeting or recording> …] [--speed 20] [--accept] [--json] [--result <file>] [--into <url>]]
  Holds a recorded meeting again, through all six services, and compares what comes of it with a stored result.
  <meeting>    a folder with a meeting.json, which names a track for each participant, and perhaps documents/;
               default: the sample meeting
  <recording>  WAV, MP3, OGG/Opus, WebM, M4A (needs ffmpeg); several are several people, one a channel.
               A meeting that Parley held is not named by its id: where it kept its audio, its export as zip has the recordings
  --speed      times the speed of speech, or max: as fast as it is taken; default: 20
  --accept     stores what came out: the next replay is compared with it
  --result     where the result is stored; default: beside what is replayed (replay.json, talk.replay.json)
  --json       prints differences and result as one JSON document, for machines
  --into       http://<host>: uses the Parley that runs there, with its documents, and the meeting stays there;
               default: a system of its own, which is gone afterwards
  Ends with 0 when nothing is different, with 1 when something is or nothing was stored, with 2 when it failed.`;

const FASTEST = 1_000;
const style = terminalStyle(process.stdout.isTTY && !machineVariable('NO_COLOR'));
const status = new LiveLine(process.stderr);
const stopping = new AbortController();

async function main(): Promise<void> {
  const options = readOptions();
  const paths = options.paths.length > 0 ? options.paths : [SAMPLE_FOLDER];
  const resultFile = options.result ?? (await resultPath(paths));
  const stored = await readResult(resultFile);
  status.show('Decoding …');
  const recorded = await readReplayed(paths);
  // Friday must be the same Friday each time.
  const { startedAt, timeZone } = stored ?? (await guessedStart(paths));
  const { result, ms, complaints } = await replay({ startedAt, timeZone, ...recorded }, options);

  const file = harmless(relative(process.cwd(), resultFile) || resultFile);
  const differences = stored === null ? null : compareResults(stored, result);
  const isSame = differences?.length === 0;
  if (options.json) {
    const document = {
      file,
      stored: stored !== null,
      same: isSame,
      differences,
      complaints,
      result,
    };
    process.stdout.write(`${JSON.stringify(document, null, 2)}\n`);
  } else {
    const audioMs = Math.max(...[...recorded.tracks.values()].map(({ length }) => length)) / 32;
    const times = (audioMs / ms).toFixed(1);
    say(
      `${style.bold(harmless(recorded.title))}: ${(audioMs / 1_000).toFixed(1)} s held again in ` +
        `${(ms / 1_000).toFixed(1)} s, ${times} times as fast as it was spoken`,
    );
    for (const line of differenceReport(result, differences, style)) say(line);
    if (complaints.length > 0) say(`The system complained meanwhile: ${complaints.join(', ')}`);
  }
  if (options.accept && !isSame) await writeResult(resultFile, result);
  if (!options.json) say(style.bold(verdict(file, differences?.length ?? null, options.accept)));
  process.exitCode = isSame || options.accept ? 0 : 1;
}

function readOptions() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      speed: { type: 'string', default: '20' },
      result: { type: 'string' },
      into: { type: 'string' },
      accept: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(`${USAGE}\n`);
    process.exit(0);
  }
  const speed = values.speed === 'max' ? Infinity : Number(values.speed);
  if (!(speed > 0) || (speed > FASTEST && values.speed !== 'max')) {
    throw new StartError(`--speed is a number above 0, at most ${FASTEST}, or max.\n${USAGE}`);
  }
  return { ...values, speed, paths: positionals };
}

async function replay(
  recorded: ReplayedMeeting,
  { speed, into }: { speed: number; into?: string | undefined },
) {
  stopping.signal.throwIfAborted();
  const own = into === undefined ? await launch() : null;
  try {
    stopping.signal.throwIfAborted();
    const client = own?.client ?? clientOf(into ?? '');
    const { result, ms } = await replayMeeting(client, recorded, {
      speed,
      signal: stopping.signal,
      onProgress: (doneMs, totalMs) => {
        status.show(`Replaying ${progressBar(doneMs, totalMs)}`);
      },
    });
    return { result, ms, complaints: own?.complaints() ?? [] };
  } finally {
    status.clear();
    await own?.stop();
  }
}

async function launch(): Promise<OwnSystem> {
  status.print('Starting a system of its own …');
  return startOwnSystem();
}

/** The Parley at `into`; its services are at the ports that this environment gives them. */
function clientOf(into: string): ParleyClient {
  const settings = loadSettings(serviceSettings);
  const url = URL.canParse(into) ? new URL(into) : null;
  if (!url || !/^https?:$/.test(url.protocol) || url.port !== '' || url.pathname !== '/') {
    throw new StartError(
      '--into is http://<host>: the six ports are the usual ones, or as INGESTION_PORT and so on say.',
    );
  }
  const there = Object.entries(localUrls(settings)).map(([name, local]) => {
    const own = new URL(local);
    own.protocol = url.protocol;
    own.hostname = url.hostname;
    return [name, own.origin];
  });
  return localClient(Object.fromEntries(there) as ReturnType<typeof localUrls>, shownKey(settings));
}

function verdict(file: string, differences: number | null, accept: boolean): string {
  if (accept) return differences === 0 ? `The same as ${file}.` : `Stored in ${file}.`;
  if (differences === null) return `Nothing to compare with: --accept stores this in ${file}.`;
  if (differences === 0) return `The same as ${file}.`;
  const count = differences === 1 ? '1 difference' : `${differences} differences`;
  return `Not the same as ${file}: ${count}. --accept stores what came out.`;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function stop(): void {
  if (stopping.signal.aborted) process.exit(2);
  status.print('\nStopping …');
  stopping.abort(new StartError('Stopped.'));
}

process.on('SIGINT', stop);
process.on('SIGTERM', stop);
main().catch((error: unknown) => {
  exitWith(error, 2);
});
