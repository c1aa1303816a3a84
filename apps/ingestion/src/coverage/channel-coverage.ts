import type { CoverageSpan, CoverageState, CoverageTotals } from '@parley/contracts';

export type LedgerState = CoverageState | 'pending';
export interface LedgerSpan {
  startMs: number;
  endMs: number;
  state: LedgerState;
  rule?: string;
}

/** Where spans claim the same millisecond, the first of these wins. */
const PRECEDENCE: readonly LedgerState[] = [
  'withheld',
  'transcribed',
  'filtered',
  'silence',
  'shed',
  'lost',
  'pending',
];

/**
 * The ledger of one channel: every millisecond of `[0, receivedMs)` in exactly one state.
 * What no span claims is `pending` while asr may still speak of it, be it that it has and the word is on its way, and `lost`
 * where it never will.
 * @param accountedMs how far asr speaks of the channel; null while it listens
 */
export function channelLedger(
  claims: CoverageSpan[],
  receivedMs: number,
  accountedMs: number | null,
): LedgerSpan[] {
  const spokenOfMs = accountedMs ?? receivedMs;
  const unclaimed: LedgerSpan[] = [
    { startMs: 0, endMs: spokenOfMs, state: 'pending' },
    { startMs: spokenOfMs, endMs: receivedMs, state: 'lost' },
  ];
  const all = [...unclaimed, ...claims]
    .map((claim) => ({ ...claim, endMs: Math.min(claim.endMs, receivedMs) }))
    .filter(({ startMs, endMs }) => endMs > startMs)
    .sort((a, b) => a.startMs - b.startMs);
  const edges = [...new Set(all.flatMap(({ startMs, endMs }) => [startMs, endMs]))].sort(
    (a, b) => a - b,
  );
  const ledger: LedgerSpan[] = [];
  // Hours of a meeting are thousands of claims, and this is reckoned every few seconds: each is looked at only while it lasts.
  let lasting: LedgerSpan[] = [];
  let next = 0;
  for (const [index, startMs] of edges.slice(0, -1).entries()) {
    const endMs = edges[index + 1] ?? startMs;
    lasting = lasting.filter((claim) => claim.endMs > startMs);
    for (let one = all[next]; one && one.startMs <= startMs; one = all[(next += 1)]) {
      lasting.push(one);
    }
    const claim = firstOf(lasting);
    if (!claim) continue;
    const last = ledger.at(-1);
    if (last?.state === claim.state && last.rule === claim.rule) {
      last.endMs = endMs;
    } else {
      ledger.push({
        startMs,
        endMs,
        state: claim.state,
        ...(claim.rule ? { rule: claim.rule } : {}),
      });
    }
  }
  return ledger;
}

/** Of the same state, the one that began first. */
function firstOf(claims: readonly LedgerSpan[]): LedgerSpan | undefined {
  let first: LedgerSpan | undefined;
  for (const claim of claims) {
    if (!first || PRECEDENCE.indexOf(claim.state) < PRECEDENCE.indexOf(first.state)) first = claim;
  }
  return first;
}

/** Adds a ledger up; the parts sum to `totalMs`. */
export function totalsOf(spans: LedgerSpan[]): CoverageTotals {
  const totals: CoverageTotals = {
    totalMs: 0,
    transcribedMs: 0,
    silenceMs: 0,
    filteredMs: 0,
    withheldMs: 0,
    pendingMs: 0,
    shedMs: 0,
    lostMs: 0,
  };
  for (const { startMs, endMs, state } of spans) {
    totals[`${state}Ms`] += endMs - startMs;
    totals.totalMs += endMs - startMs;
  }
  return totals;
}
