import type { CoverageSummary, CoverageTotals } from '@parley/contracts';

const PARTS = [
  ['transcribedMs', 'transcribed'],
  ['silenceMs', 'silent'],
  ['filteredMs', 'without a word in it'],
  ['withheldMs', 'off the record'],
  ['pendingMs', 'not looked at yet'],
  ['shedMs', 'given up under load'],
  ['lostMs', 'lost'],
] as const satisfies readonly (readonly [keyof CoverageTotals, string])[];

/** `Of 12.0 s of audio on 2 channels: 7.5 s transcribed, 4.5 s silent.` */
export function coverageSentence({ channels, ...totals }: CoverageSummary): string {
  if (totals.totalMs === 0) return 'No audio was received.';
  const parts = PARTS.flatMap(([key, words]) =>
    totals[key] > 0 ? [`${seconds(totals[key])} ${words}`] : [],
  );
  const where = channels.length > 1 ? ` on ${channels.length} channels` : '';
  return `Of ${seconds(totals.totalMs)} of audio${where}: ${parts.join(', ')}.`;
}

function seconds(ms: number): string {
  return `${(ms / 1_000).toFixed(1)} s`;
}
