import type { DeliveryStatus } from '@parley/contracts';

/** Everything that can happen to a delivery once it is there; nothing else in this service decides it. */
const MOVES = {
  /** A worker takes it; also from `sending`, when the worker before died and its lease ran out. */
  claim: { from: ['planned', 'sending'], to: ['sending'] },
  /** Its worker says how it ended. */
  settle: { from: ['sending'], to: ['succeeded', 'failed', 'uncertain'] },
  /** Its worker puts it back, to be tried again later. */
  postpone: { from: ['sending'], to: ['planned'] },
  /** A person asks for another round. */
  retry: { from: ['failed', 'uncertain'], to: ['planned'] },
  /** The genuine approval came after a forged one had been refused. */
  authorise: { from: ['failed'], to: ['planned'] },
} as const satisfies Record<string, { from: readonly DeliveryStatus[]; to: DeliveryStatus[] }>;

export type Move = keyof typeof MOVES;
export type FinalStatus = (typeof MOVES)['settle']['to'][number];

/** The statuses that a move may start from: what its UPDATE has to ask for. */
export function origins(move: Move): readonly DeliveryStatus[] {
  return MOVES[move].from;
}

export function isLegal(move: Move, from: DeliveryStatus, to: DeliveryStatus): boolean {
  const { from: starts, to: ends }: { from: readonly string[]; to: readonly string[] } =
    MOVES[move];
  return starts.includes(from) && ends.includes(to);
}

/** A delivery that waited longer than its approval holds is not sent any more, retried or not. */
export function isExpired(row: { approvalExpiresAt: Date | null }, now = new Date()): boolean {
  return row.approvalExpiresAt !== null && row.approvalExpiresAt <= now;
}
