import { percentile } from '../percentile';
import type { Finding, Plot } from '../report/finding';
import type { SearchTimes } from './measured-search';
import {
  PROMISED_CHUNKS_PER_SECOND,
  PROMISED_MS,
  type SearchFindings,
  type SizeResult,
} from './search-page';

/** Every promised size is named, measured or not; search by words alone is the baseline of the same run. */
export function searchFindings({ results, indexing }: SearchFindings): Finding[] {
  const sizes = new Set([...PROMISED_MS.keys(), ...results.map(({ size }) => size)]);
  return [
    ...[...sizes].map((size) =>
      searchFinding(
        size,
        results.find((one) => one.size === size),
      ),
    ),
    ...results.map(({ size, recall }) => ({
      what: `of the ten nearest vectors, found by the index among ${size.toLocaleString('en')}`,
      measured: recall * 100,
      unit: '%',
      baseline: { name: 'an exact scan', value: 100 },
    })),
    {
      what: 'vectors of chunks that the local engine makes',
      measured: indexing.chunksPerSecond,
      unit: 'a second',
      goal: { atLeast: PROMISED_CHUNKS_PER_SECOND },
      note: `${indexing.cores.toFixed(2)} cores used`,
    },
  ];
}

function searchFinding(size: number, result: SizeResult | undefined): Finding {
  const goal = PROMISED_MS.get(size);
  const hybrid = times(result, 'hybrid');
  const words = times(result, 'keyword');
  const processor = hybrid ? hybrid.ragCpuMs + hybrid.postgresCpuMs : Number.NaN;
  return {
    what: `hybrid search in ${size.toLocaleString('en')} chunks, p95`,
    measured: hybrid ? percentile(hybrid.ms, 95) : null,
    unit: 'ms',
    ...(goal === undefined ? {} : { goal: { atMost: goal } }),
    ...(words
      ? { baseline: { name: 'by words alone', value: percentile(words.ms, 95) ?? 0 } }
      : {}),
    ...(hybrid ? {} : { note: 'not run with as many' }),
    ...(Number.isNaN(processor)
      ? {}
      : { note: `processor time of one, PostgreSQL included: ${processor.toFixed(1)} ms` }),
  };
}

export function searchPlots({ results }: SearchFindings): Plot[] {
  return [
    {
      kind: 'bars',
      id: 'search',
      title: 'One search, p50 and up to the p95',
      unit: 'ms',
      bars: results.flatMap(({ size, times: ways }) =>
        ways.map(({ mode, atOnce, ms }) => {
          const value = percentile(ms, 50) ?? 0;
          const many = atOnce > 1 ? `, ${atOnce} at once` : '';
          const name = `${mode}${many}, ${size.toLocaleString('en')} chunks`;
          return { name, value, low: value, high: percentile(ms, 95) ?? value };
        }),
      ),
    },
  ];
}

function times(result: SizeResult | undefined, wanted: string): SearchTimes | undefined {
  return result?.times.find(({ mode, atOnce }) => mode === wanted && atOnce === 1);
}
