import type { Trends } from '@parley/client';
import { strings } from '@/strings';
import { duration } from '../times';

const said = strings.trends;
const MOST = 8;

interface BarsProps {
  speakers: Trends['speakers'];
  colors: (name: string | null) => string;
}

/** Who spoke how long: the words beside each bar say all that it shows. */
export function SpeakerBars({ speakers, colors }: BarsProps) {
  const longest = Math.max(...speakers.map(({ spokenMs }) => spokenMs), 1);
  const more = speakers.length - MOST;
  return (
    <section aria-label={said.speakers} className="rounded-xl border border-line bg-surface p-4">
      <h3 className="text-sm font-semibold">{said.speakers}</h3>
      {speakers.length === 0 ? <p className="mt-2 text-sm text-muted">{said.silent}</p> : null}
      <ul className="mt-3 space-y-3">
        {speakers.slice(0, MOST).map(({ name, spokenMs, meetings }) => (
          <li key={name} className="text-sm">
            <div className="flex items-baseline justify-between gap-3">
              <span className="min-w-0 truncate font-medium">{name ?? said.unknown}</span>
              <span className="shrink-0 text-xs text-muted tabular-nums">
                {duration(spokenMs)} · {meetings}{' '}
                {meetings === 1 ? said.meetings.one : said.meetings.many}
              </span>
            </div>
            <svg aria-hidden className="mt-1.5 block h-1.5 w-full rounded-full">
              <rect width="100%" height="100%" fill="var(--sunken)" />
              <rect
                width={`${(spokenMs / longest) * 100}%`}
                height="100%"
                rx="3"
                fill={colors(name)}
              />
            </svg>
          </li>
        ))}
      </ul>
      {more > 0 ? (
        <p className="mt-3 text-xs text-muted">
          {said.others} ({more})
        </p>
      ) : null}
    </section>
  );
}
