'use client';

import { unwrap, type SearchResults } from '@parley/client';
import Link from 'next/link';
import { useState, type SubmitEvent } from 'react';
import { pageClient } from '@/parley';
import { strings } from '@/strings';
import { Button } from '../button';
import { Field } from '../field';
import { formText } from '../form-text';
import { ProblemNotice } from '../notice';
import { Highlighted } from './highlighted';

const said = strings.documents;

/** The same search that facts come from. */
export function SearchBox() {
  const [query, setQuery] = useState('');
  const [results, setResults] = useState<SearchResults | null>(null);
  const [error, setError] = useState<unknown>(null);
  const search = async (event: SubmitEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const wanted = formText(new FormData(event.currentTarget), 'query');
    setError(null);
    if (wanted === '') {
      setResults(null);
      return;
    }
    try {
      const body = { query: wanted, mode: 'hybrid' as const, limit: 5 };
      setResults(await unwrap(pageClient().rag.POST('/v1/search', { body })));
      setQuery(wanted);
    } catch (problem) {
      setError(problem);
    }
  };
  return (
    <section aria-label={said.search} className="mt-6">
      <form onSubmit={(event) => void search(event)} className="flex items-end gap-2">
        <div className="flex-1">
          <Field
            label={said.search}
            labelHidden
            name="query"
            data-shortcut="/"
            type="search"
            maxLength={1_000}
            placeholder={said.searchPlaceholder}
          />
        </div>
        <Button type="submit">{said.searchSubmit}</Button>
      </form>
      <div aria-live="polite" className="mt-3">
        {error ? <ProblemNotice error={error} /> : null}
        {results?.items.length === 0 ? <p className="text-sm text-muted">{said.nothing}</p> : null}
        <ol className="space-y-3 empty:hidden">
          {(results?.items ?? []).map(({ chunkId, documentId, meetingId, text, citation }) => (
            <li key={chunkId} className="rounded-lg border border-line bg-surface p-3.5 text-sm">
              <p className="mb-1.5 text-xs font-medium text-muted">
                <Link
                  href={
                    documentId
                      ? `/documents/${documentId}?chunk=${chunkId}`
                      : `/meetings/${meetingId}?line=${encodeURIComponent(citation.id)}`
                  }
                  className="text-accent hover:underline"
                >
                  {citation.source ?? strings.suggestions.openDocument}
                  {citation.page ? `, ${strings.suggestions.page} ${citation.page}` : null}
                </Link>
              </p>
              <p className="leading-6 break-words whitespace-pre-line">
                <Highlighted text={text} quote={citation.quote} words={query} />
              </p>
            </li>
          ))}
        </ol>
      </div>
    </section>
  );
}
