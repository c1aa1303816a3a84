import type { Trends } from '@parley/client';
import { strings } from '@/strings';
import { duration, shortDay } from '../times';

/** What is counted, in the order in which it is shown. */
export const COUNTS = ['spokenMs', 'questions', 'decisions', 'tasks'] as const;
type Count = (typeof COUNTS)[number];
type Week = Trends['weeks'][number];

const said = strings.trends;
const HEIGHT = 56;
/** Of the width that a column has. */
const FILLED = 0.72;

/** As people read it: time as time. */
export function counted(count: Count, value: number): string {
  return count === 'spokenMs' ? duration(value) : String(value);
}

/** One count by week, as columns; a table elsewhere says the same. */
export function WeekColumns({ count, weeks }: { count: Count; weeks: readonly Week[] }) {
  const values = weeks.map((week) => week[count]);
  const sum = values.reduce((all, value) => all + value, 0);
  const most = Math.max(...values, 1);
  const busiest = weeks[values.indexOf(most)];
  const name = said.counts[count];
  const spoken = [
    `${name} ${said.perWeek}: ${counted(count, sum)} ${said.altogether}`,
    busiest ? `${said.most} ${shortDay(busiest.week)}: ${counted(count, most)}` : null,
  ].filter(Boolean);
  return (
    <figure className="min-w-0 rounded-xl border border-line bg-surface p-4">
      <figcaption className="text-sm text-muted">{name}</figcaption>
      <p className="mt-0.5 text-xl font-semibold tracking-tight tabular-nums">
        {counted(count, sum)}
      </p>
      <svg
        role="img"
        aria-label={spoken.join(', ')}
        viewBox={`0 0 ${weeks.length} ${HEIGHT}`}
        preserveAspectRatio="none"
        className="mt-3 block h-14 w-full"
      >
        {weeks.map((week, index) => {
          // Nothing is a line that can be seen, so that a gap is not taken for no week.
          const height = week[count] === 0 ? 1 : Math.max(3, (week[count] / most) * HEIGHT);
          return (
            <rect
              key={week.week}
              x={index + (1 - FILLED) / 2}
              y={HEIGHT - height}
              width={FILLED}
              height={height}
              fill={week[count] === 0 ? 'var(--line)' : 'var(--accent)'}
            >
              <title>{`${said.week} ${shortDay(week.week)}: ${counted(count, week[count])}`}</title>
            </rect>
          );
        })}
      </svg>
      <p aria-hidden className="mt-1 flex justify-between text-xs text-muted tabular-nums">
        <span>{shortDay(weeks[0]?.week ?? '')}</span>
        <span>{shortDay(weeks.at(-1)?.week ?? '')}</span>
      </p>
    </figure>
  );
}
