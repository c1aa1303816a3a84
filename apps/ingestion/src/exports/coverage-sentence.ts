import type { CoverageTotals } from '@parley/contracts';

const PARTS = [
  ['transcribedMs', 'transcribed'],
  ['silenceMs', 'silent'],
  ['filteredMs', 'without a word in it'],
  ['withheldMs', 'off the record'],
  ['pendingMs', 'not looked at yet'],
  ['shedMs', 'given up under load'],
  ['lostMs', 'lost'],
] as const satisfies readonly (readonly [keyof CoverageTotals, string])[];

/** `Of 12.0 s of audio: 7.5 s transcribed, 4.5 s silent.` */
export function coverageSentence(totals: CoverageTotals): string {
  if (totals.totalMs === 0) return 'No audio was received.';
  const parts = PARTS.flatMap(([key, words]) =>
    totals[key] > 0 ? [`${seconds(totals[key])} ${words}`] : [],
  );
  return `Of ${seconds(totals.totalMs)} of audio: ${parts.join(', ')}.`;
}

function seconds(ms: number): string {
  return `${(ms / 1_000).toFixed(1)} s`;
}
