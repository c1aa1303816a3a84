import type { Drawn, Scale } from './trace-times';

const HEIGHT = 20;
const MIDDLE = HEIGHT / 2;
const MARK = 4;

interface LaneProps {
  scale: Scale;
  /** Null: nothing is known of when it was. */
  drawn: Drawn | null;
  /** Time that passed before it, waiting for it. */
  waited?: Drawn | null;
  failed?: boolean;
}

/** Where on a scale a step lies. The same is said in words beside it. */
export function TraceLane({ scale, drawn, waited = null, failed = false }: LaneProps) {
  const part = (ms: number): number => ((ms - scale.fromMs) / (scale.toMs - scale.fromMs)) * 100;
  const color = failed ? 'var(--danger)' : 'var(--accent)';
  return (
    <svg aria-hidden className="block h-5 w-full overflow-visible" height={HEIGHT}>
      <line x1="0" x2="100%" y1={MIDDLE} y2={MIDDLE} stroke="var(--line)" />
      {waited ? (
        <line
          x1={`${part(waited.fromMs)}%`}
          x2={`${part(waited.toMs)}%`}
          y1={MIDDLE}
          y2={MIDDLE}
          stroke="var(--muted)"
          strokeWidth="2"
          strokeDasharray="2 3"
        />
      ) : null}
      {drawn && drawn.toMs > drawn.fromMs ? (
        <line
          x1={`${part(drawn.fromMs)}%`}
          x2={`${part(drawn.toMs)}%`}
          y1={MIDDLE}
          y2={MIDDLE}
          stroke={color}
          strokeWidth="6"
          strokeLinecap="round"
        />
      ) : null}
      {drawn && drawn.toMs === drawn.fromMs ? (
        <circle cx={`${part(drawn.fromMs)}%`} cy={MIDDLE} r={MARK} fill={color} />
      ) : null}
    </svg>
  );
}
