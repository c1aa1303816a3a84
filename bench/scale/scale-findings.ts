import { SERVICE_NAMES } from '@parley/config';
import type { Finding, Plot } from '../report/finding';
import type { AudioCarried } from './audio-through-redis';
import { LINES_PER_MINUTE, type CaptionedRun } from './captioned-meetings';

export interface ScaleResults {
  audio: AudioCarried[];
  captioned: CaptionedRun[];
  seconds: number;
}

/** Cores that a thousand meetings take, by what each line took. */
export function ofAThousand(cpuMsALine: number): number {
  return (cpuMsALine * LINES_PER_MINUTE * 1_000) / 60_000;
}

export function allServices({ cpuMs }: CaptionedRun['aLine']): number {
  return SERVICE_NAMES.reduce((sum, name) => sum + cpuMs[name], 0);
}

export function scaleFindings({ audio, captioned }: ScaleResults): Finding[] {
  return [
    ...audio.map(({ meetings, missing, lateP95Ms, cores }) => ({
      what: `${meetings} meetings' audio through one Redis: late at the reader, p95`,
      measured: lateP95Ms,
      unit: 'ms',
      note: `${missing} frames missing; cores: Redis ${cores.redis.toFixed(2)}, writers ${cores.writers.toFixed(2)}, readers ${cores.readers.toFixed(2)}`,
    })),
    ...captioned.flatMap(({ meetings, missing, lateP95Ms, aLine }) => [
      {
        what: `${meetings} meetings whose words come as text: line in the feed after it was sent, p95`,
        measured: lateP95Ms,
        unit: 'ms',
        note: `${missing} lines missing`,
      },
      {
        what: `${meetings} meetings whose words come as text: cores of the six services for 1,000 such`,
        measured: ofAThousand(allServices(aLine)),
        unit: 'cores',
      },
    ]),
    {
      what: 'frames and lines that never came',
      measured: [...audio, ...captioned].reduce((sum, { missing }) => sum + missing, 0),
      unit: '',
      goal: { atMost: 0 },
    },
  ];
}

/** Whether a meeting costs the same when there are many: the lines would be flat. */
export function scalePlots({ captioned }: ScaleResults): Plot[] {
  if (captioned.length < 2) return [];
  const line = (name: string, of: (aLine: CaptionedRun['aLine']) => number) => ({
    name,
    points: captioned.map(({ meetings, aLine }) => ({ x: meetings, y: ofAThousand(of(aLine)) })),
  });
  return [
    {
      kind: 'lines',
      id: 'scale',
      title: 'Cores for 1,000 meetings, by how many there were at a time',
      xUnit: 'meetings at a time',
      yUnit: 'cores for 1,000',
      lines: [
        line('six services', allServices),
        line('PostgreSQL', ({ cpuMs }) => cpuMs.postgres),
        line('Redis', ({ cpuMs }) => cpuMs.redis),
      ],
    },
  ];
}
