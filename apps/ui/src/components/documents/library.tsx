'use client';

import { unwrap, type DocumentView } from '@parley/client';
import { FileText, Trash2 } from 'lucide-react';
import Link from 'next/link';
import { useCallback } from 'react';
import { pageClient } from '@/parley';
import { strings } from '@/strings';
import { Button } from '../button';
import { Confirm } from '../confirm';
import { MoreButton } from '../more-button';
import { ProblemNotice } from '../notice';
import { SearchPanel } from '../search/search-panel';
import { usePaged } from '../use-paged';
import { useSaving } from '../use-saving';
import { DropArea } from './drop-area';

const said = strings.documents;

/** The documents that Parley answers from. */
export function Library() {
  const load = useCallback(
    (query: { limit: number; cursor?: string }) =>
      unwrap(pageClient().rag.GET('/v1/documents', { params: { query } })),
    [],
  );
  const { items: documents, more, reload, error } = usePaged<DocumentView>(load);
  const { error: removalError, save } = useSaving();
  const remove = (id: string): Promise<boolean> =>
    save(async () => {
      const params = { path: { id } };
      await unwrap(pageClient().rag.DELETE('/v1/documents/{id}', { params }));
      await reload();
    });

  return (
    <div className="mx-auto max-w-4xl px-4 py-6 sm:px-8 sm:py-8">
      <h1 className="text-2xl font-semibold tracking-tight">{said.title}</h1>
      <p className="mt-1 mb-6 max-w-prose text-sm text-muted">{said.intro}</p>
      <DropArea onAdded={() => void reload()} />
      <ProblemNotice error={error ?? removalError} className="mt-4" />
      {documents && documents.length > 0 ? (
        <div className="mt-6">
          <SearchPanel label={said.search} placeholder={said.searchPlaceholder} only="documents" />
        </div>
      ) : null}
      <div className="mt-6" aria-busy={documents === null && !error}>
        {documents?.length === 0 ? (
          <p className="rounded-xl border border-dashed border-line p-8 text-center text-sm text-muted">
            {said.empty}
          </p>
        ) : (
          <ul className="divide-y divide-line overflow-hidden rounded-xl border border-line bg-surface empty:hidden">
            {(documents ?? []).map((document) => (
              <DocumentRow
                key={document.id}
                document={document}
                onRemove={() => void remove(document.id)}
              />
            ))}
          </ul>
        )}
        <MoreButton more={more} label={said.more} />
      </div>
    </div>
  );
}

function DocumentRow({ document, onRemove }: { document: DocumentView; onRemove: () => void }) {
  const { title, chunks, pages, vectors } = document;
  const about = [
    pages ? `${pages} ${said.pages}` : null,
    `${chunks} ${said.passages}`,
    vectors ? null : said.wordsOnly,
  ].filter(Boolean);
  return (
    <li className="flex items-center gap-3 px-4 py-3">
      <FileText aria-hidden size={18} className="shrink-0 text-muted" />
      <span className="min-w-0 flex-1">
        <Link
          href={`/documents/${document.id}`}
          className="block truncate font-medium hover:underline"
        >
          {title}
        </Link>
        <span className="block text-sm text-muted">{about.join(' · ')}</span>
      </span>
      <Confirm
        trigger={
          <Button small look="plain" aria-label={`${said.remove}: ${title}`}>
            <Trash2 aria-hidden size={16} />
          </Button>
        }
        title={said.removeAsk}
        explanation={said.removeExplain}
        action={said.remove}
        onConfirm={onRemove}
      />
    </li>
  );
}
