import type { Machine } from '../machine';
import { markdownTable } from '../markdown-table';
import { percentile } from '../percentile';
import type { IndexingSpeed } from './measured-indexing';
import type { SearchTimes } from './measured-search';

export interface SizeResult {
  size: number;
  times: SearchTimes[];
  /** Of the index of vectors beside an exact scan. */
  recall: number;
}

export interface SearchFindings {
  results: SizeResult[];
  indexing: IndexingSpeed;
}

/** The p95 of a hybrid search, by how many chunks there are. Unit: milliseconds. */
export const PROMISED_MS = new Map([
  [10_000, 25],
  [100_000, 40],
]);
export const PROMISED_CHUNKS_PER_SECOND = 30;

/** `docs/search-speed.md`: what was measured, beside what is promised. */
export function searchPage(
  measuredOn: string,
  { cpu, cores, system, node }: Machine,
  { results, indexing }: SearchFindings,
): string {
  return [
    '# How fast search and indexing are',
    `Written by \`node test/servers/run.mjs -- npm run bench -- search\` on ${measuredOn}: ${cpu}, ${cores} cores, ${system}, Node.js ${node}, ${process.env.TEST_DATABASE_URL ? 'a real PostgreSQL 17 with pgvector as it comes (shared_buffers 128 MB, nothing tuned)' : 'the embedded Postgres'}, ` +
      'rag with the local embedding engine and the client in one process beside it. Other programs may have used the machine at the same time: processor time stands beside wall time for that reason.',
    `Chunks: those of the ten QMSum meetings in \`evaluate/understanding/qmsum\`, the rest of each size recombined from halves of two of them, in meetings of a hundred, written by SQL. Every sentence is real, and so are the vectors: a chunk's vector is the mean of those of its sentences, which the engine made. The 63 questions about these meetings are asked over HTTP, four times each, after eight times unmeasured. Recombining makes every word as much more common as there are more chunks, which is harder for the words than new meetings would be.`,
    '## Search',
    ...results.flatMap(sizePart),
    '## Indexing',
    markdownTable(
      ['', 'measured', 'promised'],
      [
        [
          `vectors of chunks of ${indexing.words.toFixed(0)} words, local engine, as the backfill asks for them`,
          `${indexing.chunksPerSecond.toFixed(1)} chunks/s`,
          `${PROMISED_CHUNKS_PER_SECOND} chunks/s on 2 cores`,
        ],
        ['processor time of a chunk', `${indexing.cpuMsPerChunk.toFixed(1)} ms`, ''],
        ['cores used meanwhile', indexing.cores.toFixed(2), ''],
      ],
    ),
    'The vector of a chunk is two transformer layers over about 120 tokens, 4.6 million products each: half a billion, of which the kernel does about twenty-five a nanosecond; one worker thread makes them. A search waits for the vector of its question, for the statements and for the processor: on a machine with more programs that want to run than cores, each of its four messages to the database and back waits for its turn, which no statement can make shorter. Processor time says what a machine of its own would take.',
    'Without the database, which takes about a millisecond a chunk. While a meeting is live, the backfill rests three times as long as it works, so that a quarter of these figures is left.',
  ]
    .join('\n\n')
    .concat('\n');
}

function sizePart({ size, times, recall }: SizeResult): string[] {
  const rows = times.map(({ mode, atOnce, ms, ragCpuMs, postgresCpuMs }) => [
    `\`${mode}\`${atOnce > 1 ? `, ${atOnce} at once` : ''}`,
    inMs(percentile(ms, 50)),
    inMs(percentile(ms, 95)),
    mode === 'hybrid' && atOnce === 1 ? promisedOf(size) : '',
    inMs(ragCpuMs),
    inMs(postgresCpuMs),
  ]);
  const [first] = times;
  const stages = [...(first?.stages ?? [])].map(([stage, ms]) => [
    stage,
    inMs(percentile(ms, 50)),
    inMs(percentile(ms, 95)),
  ]);
  return [
    `### ${size.toLocaleString('en')} chunks`,
    markdownTable(
      ['', 'p50', 'p95', 'promised p95', 'processor: rag', 'processor: PostgreSQL'],
      rows,
    ),
    markdownTable(['stage of `hybrid`', 'p50', 'p95'], stages),
    `The index of vectors finds ${(recall * 100).toFixed(1)} % of the ten that an exact scan finds.`,
  ];
}

function promisedOf(size: number): string {
  const ms = PROMISED_MS.get(size);
  return ms === undefined ? '' : `${ms} ms`;
}

function inMs(ms: number | null): string {
  return ms === null || Number.isNaN(ms) || ms < 0 ? 'not measured' : `${ms.toFixed(1)} ms`;
}
