import type { Citation } from '@parley/client';
import { FileText, Quote } from 'lucide-react';
import Link from 'next/link';
import { strings } from '@/strings';

interface EvidenceProps {
  citations: Citation[];
  onShowLine: (segmentId: string) => void;
}

/** What a claim stands on: the words, and the way to where they stand. */
export function Evidence({ citations, onShowLine }: EvidenceProps) {
  return (
    <ul className="space-y-2">
      {citations.map((citation) => (
        <li
          key={`${citation.type}-${citation.id}`}
          className="border-l-2 border-line pl-2.5 text-sm"
        >
          <blockquote className="break-words">“{citation.quote}”</blockquote>
          {citation.type === 'segment' ? (
            <button
              type="button"
              className="mt-1 inline-flex items-center gap-1 text-xs text-accent hover:underline"
              onClick={() => {
                onShowLine(citation.id);
              }}
            >
              <Quote aria-hidden size={12} />
              {strings.suggestions.showInTranscript}
            </button>
          ) : (
            <Link
              href={`/passages/${encodeURIComponent(citation.id)}`}
              title={strings.suggestions.openDocument}
              className="mt-1 inline-flex items-center gap-1 text-xs text-accent hover:underline"
            >
              <FileText aria-hidden size={12} />
              {citation.source ?? strings.suggestions.openDocument}
              {citation.page ? `, ${strings.suggestions.page} ${citation.page}` : null}
            </Link>
          )}
        </li>
      ))}
    </ul>
  );
}
