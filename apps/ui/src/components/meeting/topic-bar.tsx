import type { MeetingTopic } from '@parley/client';
import { strings } from '@/strings';
import { clock } from '../times';

interface TopicBarProps {
  topics: MeetingTopic[];
  error: unknown;
  onShowLine: (segmentId: string) => void;
}

/** What the meeting was about, one subject after another, each the way to where it began. */
export function TopicBar({ topics, error, onShowLine }: TopicBarProps) {
  if (topics.length === 0 && !error) return null;
  const said = strings.topics;
  return (
    <nav
      aria-label={said.label}
      className="flex items-center gap-x-2 border-b border-line px-4 py-1 text-xs sm:px-6"
    >
      <span aria-hidden className="font-medium text-muted">
        {said.label}
      </span>
      {error ? (
        <p role="status" className="py-1 text-warn">
          {topics.length > 0 ? said.old : said.away}
        </p>
      ) : null}
      <ol className="flex min-w-0 gap-1 overflow-x-auto p-1">
        {topics.map(({ firstSegmentId, startMs, phrases }) => (
          <li key={firstSegmentId} className="shrink-0">
            <button
              type="button"
              title={said.hint}
              className="flex max-w-72 min-h-6 items-center gap-1.5 rounded-full bg-sunken px-2.5 py-0.5 hover:bg-accent-soft"
              onClick={() => {
                onShowLine(firstSegmentId);
              }}
            >
              <span className="text-muted tabular-nums">{clock(startMs)}</span>
              <span className="truncate">{phrases.join(', ') || said.unnamed}</span>
            </button>
          </li>
        ))}
      </ol>
    </nav>
  );
}
