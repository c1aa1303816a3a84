import type { Machine } from '../machine';
import { markdownTable } from '../markdown-table';
import { FRAME_MS } from './audio-order';
import { LINES_PER_MINUTE, PARTS } from './captioned-meetings';
import { allServices, ofAThousand, type ScaleResults } from './scale-findings';

/** `docs/many-meetings.md`: what docs/scaling.md reckons with. */
export function scalePage(
  measuredOn: string,
  { cpu, cores, system, node }: Machine,
  { audio, captioned, seconds }: ScaleResults,
): string {
  const database = process.env.TEST_DATABASE_URL ? 'a real PostgreSQL' : 'the embedded Postgres';
  return [
    '# Many meetings at a time, without recognition',
    `Written by \`npm run bench -- scale\` on ${measuredOn}: ${cpu}, ${cores} cores, ${system}, Node.js ${node}, a real Redis and ${database}. ` +
      'Recognition takes nine tenths of what a meeting takes, so that what all meetings share, Redis, PostgreSQL and the other services, is never busy on a machine that recognises. ' +
      `Here nothing is recognised: it says how far the shared parts go, and whether a meeting costs the same when there are many. ${seconds} s each, what makes the load on the same cores.`,
    '## Audio through one Redis',
    `Frames of ${FRAME_MS} ms in real time through the audio log that ingestion writes and asr reads and trims, one process of each. ` +
      'Late is how long a frame was in Redis before a reader had it.',
    markdownTable(
      ['meetings', 'frames', 'missing', 'late p50', 'late p95', 'Redis', 'writers', 'readers'],
      audio.map((one) => [
        one.meetings.toLocaleString('en'),
        one.frames.toLocaleString('en'),
        String(one.missing),
        inMs(one.lateP50Ms),
        inMs(one.lateP95Ms),
        ...[one.cores.redis, one.cores.writers, one.cores.readers].map(inCores),
      ]),
    ),
    'Cores of the machine, in the mean. Redis takes commands on one thread: one core is its end.',
    '## Meetings whose words come as text',
    `Real talks, ${LINES_PER_MINUTE} lines a minute in each meeting, each watched by somebody; every line goes through all that recognised speech goes through: ` +
      'transcript, understanding, suggestions, timeline. A line is late by the time from when it was sent until whoever watches has it.',
    markdownTable(
      ['meetings', 'lines', 'missing', 'late p50', 'late p95', 'rows a line', 'Redis commands'],
      captioned.map((one) => [
        one.meetings.toLocaleString('en'),
        one.sent.toLocaleString('en'),
        String(one.missing),
        inMs(one.lateP50Ms),
        inMs(one.lateP95Ms),
        one.aLine.rows.toFixed(1),
        `${one.aLine.redisCommands.toFixed(0)} a line`,
      ]),
    ),
    'Cores that 1,000 such meetings would take, by the processor time that each line took:',
    markdownTable(
      ['meetings', ...PARTS, 'six services'],
      captioned.map(({ meetings, aLine }) => [
        meetings.toLocaleString('en'),
        ...PARTS.map((part) => inCores(ofAThousand(aLine.cpuMs[part]))),
        inCores(ofAThousand(allServices(aLine))),
      ]),
    ),
    ...(captioned.length > 1 ? ['![Cores for 1,000 meetings](images/bench-scale.svg)'] : []),
    'What a service takes at rest, some hundredths of a core, weighs more when there are few: flat or falling lines mean that a meeting costs the same however many there are.',
  ]
    .join('\n\n')
    .concat('\n');
}

function inMs(value: number | null): string {
  return value === null ? 'nothing came' : `${value.toFixed(0)} ms`;
}

function inCores(value: number): string {
  return Number.isNaN(value) ? 'not told' : value.toFixed(2);
}
