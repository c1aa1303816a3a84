import { suggestionLatencies } from '../latency';
import { percentile } from '../percentile';
import { runSample } from '../sample-run';
import { inMs, type Measurement } from './pipeline-figure';
import { withSystem } from './running-system';

const BUCKET =
  /^asr_segment_write_duration_seconds_bucket\{(?:[^}]*,)?le="([^"]+)"[^}]*\} (\d+)$/gm;

/** The sample meeting through six processes: how soon a line is durable, and what it leads to there. */
export const sampleMeasurement: Measurement = {
  name: 'sample',
  run: (say) =>
    withSystem({}, async (system) => {
      say('The sample meeting, as it is spoken (two minutes) …');
      const run = await runSample(system.client, () => undefined);
      const metrics = await (await fetch(`${system.client.urls.asr}/metrics`)).text();
      const suggestions = suggestionLatencies(run.suggestions, run.finals);
      return [
        {
          what: 'a final segment durable after asr made it, p95',
          measured: upTo(metrics, 0.95),
          promised: '<= 150 ms',
          note: `segment, event and checkpoint in one transaction; half of ${run.finals.length} ${upTo(metrics, 0.5)}`,
        },
        {
          what: 'from a final line to the suggestion that it led to, p95',
          measured: inMs(percentile(suggestions, 95)),
          promised: '<= 150 ms',
          note: `p50 ${inMs(percentile(suggestions, 50))} of ${suggestions.length}, both as a viewer sees them`,
        },
      ];
    }),
};

/** The histogram's bucket in which that share of all lies. */
function upTo(metrics: string, share: number): string {
  const buckets = [...metrics.matchAll(BUCKET)].map(([, le, count]) => ({
    ms: Number(le) * 1_000,
    count: Number(count),
  }));
  const all = Math.max(0, ...buckets.map(({ count }) => count));
  const found = buckets.find(({ count }) => all > 0 && count >= share * all);
  return found ? `<= ${found.ms} ms` : 'not measured';
}
