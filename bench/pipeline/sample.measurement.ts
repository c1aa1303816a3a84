import { suggestionLatencies } from '../latency';
import { percentile } from '../percentile';
import { runSample } from '../sample-run';
import type { Finding } from '../report/finding';
import { inMs, type Measurement } from './measurement';
import { withSystem } from './running-system';

const BUCKET =
  /^asr_segment_write_duration_seconds_bucket\{(?:[^}]*,)?le="([^"]+)"[^}]*\} (\d+)$/gm;

/** The sample meeting through six processes: how soon a line is durable, and what it leads to there. */
export const sampleMeasurement: Measurement = {
  name: 'sample',
  canBeSmall: false,
  run: (say) =>
    withSystem({}, async (system) => {
      say('The sample meeting, as it is spoken (two minutes) …');
      const run = await runSample(system.client, () => undefined);
      const metrics = await (await fetch(`${system.client.urls.asr}/metrics`)).text();
      const suggestions = suggestionLatencies(run.suggestions, run.finals);
      const findings: Finding[] = [
        {
          what: 'a final segment durable after asr made it, p95',
          measured: upTo(metrics, 0.95),
          unit: 'ms',
          goal: { atMost: 150 },
          note: `at most that, by the histogram; segment, event and checkpoint in one transaction; half of ${run.finals.length} within ${inMs(upTo(metrics, 0.5))}`,
        },
        {
          what: 'from a final line to the suggestion that it led to, p95',
          measured: percentile(suggestions, 95),
          unit: 'ms',
          goal: { atMost: 150 },
          note: `p50 ${inMs(percentile(suggestions, 50))} of ${suggestions.length}, both as a viewer sees them`,
        },
      ];
      return { findings, plots: [] };
    }),
};

/** The upper edge of the histogram's bucket in which that share of all lies, in milliseconds. */
function upTo(metrics: string, share: number): number | null {
  const buckets = [...metrics.matchAll(BUCKET)].map(([, le, count]) => ({
    ms: Number(le) * 1_000,
    count: Number(count),
  }));
  const all = Math.max(0, ...buckets.map(({ count }) => count));
  const found = buckets.find(({ count }) => all > 0 && count >= share * all);
  return found?.ms ?? null;
}
