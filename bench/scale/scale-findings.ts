import type { Finding, Plot } from '../report/finding';
import type { AudioCarried } from './audio-through-redis';
import type { CaptionedRun } from './captioned-meetings';

export interface ScaleResults {
  audio: AudioCarried[];
  captioned: CaptionedRun[];
  seconds: number;
}

/** Cores that a thousand meetings take, by what one of so many took. */
export function ofAThousand(cores: number, meetings: number): number {
  return (cores / meetings) * 1_000;
}

export function allOf(cores: CaptionedRun['cores']): number {
  const { asr, ingestion, nlu, rag, agent, integrations } = cores;
  return asr + ingestion + nlu + rag + agent + integrations;
}

export function scaleFindings({ audio, captioned }: ScaleResults): Finding[] {
  return [
    ...audio.flatMap(({ meetings, missing, lateP95Ms, cores }) => [
      {
        what: `${meetings} meetings' audio through one Redis: late at the reader, p95`,
        measured: lateP95Ms,
        unit: 'ms',
        note: `${missing} frames missing; cores: Redis ${cores.redis.toFixed(2)}, writers ${cores.writers.toFixed(2)}, readers ${cores.readers.toFixed(2)}`,
      },
    ]),
    ...captioned.flatMap(({ meetings, missing, lateP95Ms, cores }) => [
      {
        what: `${meetings} meetings whose words come as text: line in the feed after it was sent, p95`,
        measured: lateP95Ms,
        unit: 'ms',
        note: `${missing} lines missing`,
      },
      {
        what: `${meetings} meetings whose words come as text: cores of the six services for 1,000 such`,
        measured: ofAThousand(allOf(cores), meetings),
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
  const line = (name: string, of: (cores: CaptionedRun['cores']) => number) => ({
    name,
    points: captioned.map(({ meetings, cores }) => ({
      x: meetings,
      y: ofAThousand(of(cores), meetings),
    })),
  });
  return [
    {
      kind: 'lines',
      id: 'scale',
      title: 'Cores for 1,000 meetings, by how many there were at a time',
      xUnit: 'meetings at a time',
      yUnit: 'cores for 1,000',
      lines: [
        line('six services', allOf),
        line('PostgreSQL', ({ postgres }) => postgres),
        line('Redis', ({ redis }) => redis),
      ],
    },
  ];
}
