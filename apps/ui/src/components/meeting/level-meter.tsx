import { strings } from '@/strings';

const BARS = 12;

/** Loudness on the ear's scale: each bar is 4 dB. @param level from 0 to 1 */
export function LevelMeter({ level }: { level: number }) {
  const decibels = 20 * Math.log10(Math.max(level, 1e-4));
  const lit = Math.round(Math.max(0, Math.min(1, 1 + decibels / 48)) * BARS);
  return (
    <span
      role="meter"
      aria-label={strings.listen.level}
      aria-valuemin={0}
      aria-valuemax={BARS}
      aria-valuenow={lit}
      className="flex h-4 shrink-0 items-end gap-0.5"
    >
      {Array.from({ length: BARS }, (_, bar) => (
        <span
          key={bar}
          className="h-full w-1 rounded-sm"
          style={{ background: bar < lit ? 'var(--accent)' : 'var(--line)' }}
        />
      ))}
    </span>
  );
}
