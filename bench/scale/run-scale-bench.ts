import type { Bench, Say } from '../measure';
import { withSystem } from '../pipeline/running-system';
import { requireProcessFigures } from '../process-tree';
import { audioThroughRedis, type AudioCarried } from './audio-through-redis';
import { holdCaptioned, type CaptionedRun } from './captioned-meetings';
import { scaleFindings, scalePlots } from './scale-findings';
import { scalePage } from './scale-page';

/** Later than this and it is not live: more at a time are not tried. */
const LATE_MS = 2_000;

const FULL = { audio: [100, 300, 1_000], captioned: [25, 100, 200, 300], seconds: 60 };
const SMOKE = { audio: [5], captioned: [2], seconds: 10 };

/** How far one Redis and one PostgreSQL go, and whether a meeting costs the same when there are many: without recognition. */
export async function runScaleBench({ args, say, smoke, ...bench }: Bench): Promise<void> {
  if (args.length > 0) throw new Error(`There is no ${args.join(' ')}.`);
  requireProcessFigures();
  const sizes = smoke ? SMOKE : FULL;
  const results = {
    audio: await carryAudio(sizes.audio, sizes.seconds, say),
    captioned: await holdMeetings(sizes.captioned, sizes.seconds, say),
    seconds: sizes.seconds,
  };
  const page = scalePage(bench.measuredOn, bench.machine, results);
  bench.publish({ page, findings: scaleFindings(results), plots: scalePlots(results) });
}

async function carryAudio(
  counts: readonly number[],
  seconds: number,
  say: Say,
): Promise<AudioCarried[]> {
  const carried: AudioCarried[] = [];
  for (const count of counts) {
    const next = await audioThroughRedis(count, seconds, say);
    carried.push(next);
    if (!isLive(next)) break;
  }
  return carried;
}

async function holdMeetings(
  counts: readonly number[],
  seconds: number,
  say: Say,
): Promise<CaptionedRun[]> {
  return withSystem({ settings: { ASR_MAX_MEETINGS: '1000' } }, async (system) => {
    const runs: CaptionedRun[] = [];
    for (const meetings of counts) {
      const next = await holdCaptioned(system, { meetings, seconds }, say);
      runs.push(next);
      if (!isLive(next)) break;
    }
    return runs;
  });
}

function isLive({ missing, lateP95Ms }: { missing: number; lateP95Ms: number | null }) {
  return missing === 0 && lateP95Ms !== null && lateP95Ms <= LATE_MS;
}
