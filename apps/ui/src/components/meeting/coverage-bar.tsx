import type { CoverageSummary } from '@parley/client';
import { strings } from '@/strings';

const PARTS = [
  ['transcribedMs', 'var(--accent)'],
  ['silenceMs', 'var(--line)'],
  ['filteredMs', 'var(--muted)'],
  ['withheldMs', 'var(--voice-1)'],
  ['pendingMs', 'var(--voice-2)'],
  ['shedMs', 'var(--warn)'],
  ['lostMs', 'var(--danger)'],
] as const;

/** What became of the audio, to the millisecond: always there, so that a loss is seen when it happens. */
export function CoverageBar({ coverage }: { coverage: CoverageSummary | null }) {
  const total = coverage?.totalMs ?? 0;
  const parts = PARTS.flatMap(([part, color]) => {
    const ms = coverage?.[part] ?? 0;
    return ms > 0 ? [{ part, color, share: (100 * ms) / total }] : [];
  });
  return (
    <div className="border-t border-line bg-surface px-4 py-2 sm:px-6">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1 text-xs text-muted">
        <span className="font-medium">{strings.coverage.title}</span>
        {total === 0 ? <span>{strings.coverage.none}</span> : null}
        {parts.map(({ part, color, share }) => (
          <span key={part} className="inline-flex items-center gap-1.5 tabular-nums">
            <span aria-hidden className="size-2 rounded-sm" style={{ background: color }} />
            {strings.coverage.parts[part]} {percent(share)}
          </span>
        ))}
      </div>
      <div aria-hidden className="mt-1.5 flex h-1 overflow-hidden rounded-full bg-sunken">
        {parts.map(({ part, color, share }) => (
          <span key={part} style={{ width: `${share}%`, background: color }} />
        ))}
      </div>
    </div>
  );
}

/** A loss is never rounded away. */
function percent(share: number): string {
  return share < 0.1 ? '< 0.1 %' : `${share.toFixed(share < 10 ? 1 : 0)} %`;
}
