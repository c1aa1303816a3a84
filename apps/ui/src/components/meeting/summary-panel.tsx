import type { Summary } from '@parley/client';
import { strings } from '@/strings';
import { Notice } from '../notice';

const SECTIONS = ['decisions', 'tasks', 'openQuestions', 'objectives', 'keyPoints'] as const;

interface SummaryProps {
  summary: Summary | null;
  live: boolean;
  onShowLine: (segmentId: string) => void;
}

export function SummaryPanel({ summary, live, onShowLine }: SummaryProps) {
  if (!summary) return <p className="text-sm text-muted">{strings.summary.empty}</p>;
  return (
    <div className="space-y-5">
      <p className="text-xs font-medium text-muted">{strings.summary[summary.status]}</p>
      {SECTIONS.map((name) => {
        const lines = summary.sections[name];
        // While it runs nothing is known of what is still to come.
        if (lines.length === 0 && live) return null;
        return (
          <section key={name} aria-label={strings.summary.sections[name]}>
            <h2 className="text-sm font-semibold">{strings.summary.sections[name]}</h2>
            {lines.length === 0 ? (
              <p className="mt-1 text-sm text-muted">{strings.summary.none}</p>
            ) : (
              <ul className="mt-1.5 space-y-1.5">
                {lines.map((line) => (
                  <Line key={line.id} line={line} onShowLine={onShowLine} />
                ))}
              </ul>
            )}
          </section>
        );
      })}
      {summary.engine.startsWith('extractive') ? (
        <Notice>{strings.summary.extractive}</Notice>
      ) : null}
    </div>
  );
}

type SummaryLine = Summary['sections']['tasks'][number];

function Line({ line, onShowLine }: { line: SummaryLine; onShowLine: (id: string) => void }) {
  const cited = line.citations.find(({ type }) => type === 'segment');
  const about = [line.owner, line.dueDate && `${strings.summary.due} ${line.dueDate}`].filter(
    Boolean,
  );
  return (
    <li className="text-sm leading-6">
      {cited ? (
        <button
          type="button"
          className="rounded text-left break-words hover:bg-sunken"
          title={strings.suggestions.showInTranscript}
          onClick={() => {
            onShowLine(cited.id);
          }}
        >
          {line.text}
        </button>
      ) : (
        <span className="break-words">{line.text}</span>
      )}
      {about.length > 0 ? (
        <span className="ml-2 inline-block rounded bg-accent-soft px-1.5 text-xs leading-5 text-accent">
          {about.join(' · ')}
        </span>
      ) : null}
      {line.supported ? null : (
        <span className="ml-2 text-xs text-warn">{strings.summary.unsupported}</span>
      )}
    </li>
  );
}
