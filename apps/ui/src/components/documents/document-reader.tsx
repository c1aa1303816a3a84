'use client';

import { unwrap, type DocumentView, type Passage } from '@parley/client';
import { ChevronLeft } from 'lucide-react';
import Link from 'next/link';
import { useEffect, useMemo, useState } from 'react';
import { pageClient } from '@/parley';
import { strings } from '@/strings';
import { classNames } from '../class-names';
import { Notice, ProblemNotice } from '../notice';
import { sectionsOf, type Section } from './document-sections';

const said = strings.reader;
const PAGE = 200;

/** A document as Parley read it, opened where it is cited. */
export function DocumentReader({
  documentId,
  cited,
}: {
  documentId: string;
  cited: string | null;
}) {
  const { document, passages, complete, error } = useDocument(documentId);
  const sections = useMemo(() => sectionsOf(passages, cited), [passages, cited]);
  const found = cited === null || passages.some(({ id }) => id === cited);
  useEffect(() => {
    if (!cited || !found) return;
    const passage = window.document.getElementById(passageId(cited));
    passage?.scrollIntoView({ block: 'center' });
    passage?.focus({ preventScroll: true });
  }, [cited, found]);

  return (
    <div className="mx-auto max-w-3xl px-4 py-6 sm:px-8 sm:py-8" aria-busy={!complete && !error}>
      <Link
        href="/documents"
        className="-ml-1.5 inline-flex items-center gap-1 rounded-md px-1.5 py-1 text-sm text-muted hover:bg-sunken hover:text-ink"
      >
        <ChevronLeft aria-hidden size={16} />
        {said.back}
      </Link>
      <h1 className="mt-2 text-2xl font-semibold tracking-tight break-words">
        {document?.title ?? '…'}
      </h1>
      {document ? (
        <p className="mt-1 text-sm text-muted">
          {about(document)}
          {document.original ? (
            <>
              {' · '}
              <a
                href={`/api/rag/v1/documents/${document.id}/original`}
                download
                className="rounded underline hover:text-ink"
              >
                {said.original}
              </a>
            </>
          ) : null}
        </p>
      ) : null}
      <div className="mt-4 space-y-3">
        <ProblemNotice error={error} />
        {complete && !found ? <Notice look="warn">{said.passageGone}</Notice> : null}
      </div>
      <article className="mt-4 rounded-xl border border-line bg-surface px-4 py-5 empty:hidden sm:px-8 sm:py-7">
        {sections.map((section, index) => (
          <SectionText
            key={section.passages[0]?.id}
            section={section}
            before={sections[index - 1]}
            cited={cited}
          />
        ))}
      </article>
    </div>
  );
}

function SectionText({
  section: { page, headings, passages },
  before,
  cited,
}: {
  section: Section;
  before: Section | undefined;
  cited: string | null;
}) {
  const fresh = headings.slice(sharedHeadings(headings, before?.headings ?? []));
  return (
    <>
      {page !== undefined && page !== before?.page ? (
        <p className="mt-8 mb-3 flex items-center gap-3 text-xs font-medium text-muted first:mt-0">
          {said.page} {page}
          <span aria-hidden className="h-px flex-1 bg-line" />
        </p>
      ) : null}
      {fresh.map((heading) => (
        <h2 key={heading} className="mt-6 mb-1.5 font-semibold break-words first:mt-0">
          {heading}
        </h2>
      ))}
      {passages.map(({ id, text }) => (
        <p
          key={id}
          id={passageId(id)}
          tabIndex={-1}
          aria-current={id === cited ? 'location' : undefined}
          className={classNames(
            'passage rounded-md leading-7 break-words whitespace-pre-line outline-none',
            id === cited && '-mx-3 my-2 border-l-3 border-accent bg-accent-soft px-3 py-1.5',
          )}
        >
          {id === cited ? <span className="sr-only">{said.cited}: </span> : null}
          {text}
        </p>
      ))}
    </>
  );
}

interface ReadDocument {
  document: DocumentView | null;
  passages: Passage[];
  complete: boolean;
  error: unknown;
}

/** A document with its text, which comes page by page. */
function useDocument(id: string): ReadDocument {
  const [read, setRead] = useState<ReadDocument>({
    document: null,
    passages: [],
    complete: false,
    error: null,
  });
  useEffect(() => {
    let leaving = false;
    const change = (more: (known: ReadDocument) => Partial<ReadDocument>): void => {
      if (!leaving) setRead((known) => ({ ...known, ...more(known) }));
    };
    const load = async (): Promise<void> => {
      const { rag } = pageClient();
      const path = { id };
      const document = await unwrap(rag.GET('/v1/documents/{id}', { params: { path } }));
      change(() => ({ document }));
      for (let cursor: string | null = ''; cursor !== null && !leaving;) {
        const query = { limit: PAGE, ...(cursor ? { cursor } : {}) };
        const page: { items: Passage[]; nextCursor: string | null } = await unwrap(
          rag.GET('/v1/documents/{id}/chunks', { params: { path, query } }),
        );
        change(({ passages }) => ({ passages: [...passages, ...page.items] }));
        cursor = page.nextCursor;
      }
      change(() => ({ complete: true }));
    };
    load().catch((error: unknown) => {
      change(() => ({ error }));
    });
    return () => {
      leaving = true;
    };
  }, [id]);
  return read;
}

function about({ pages, chunks, mimeType }: DocumentView): string {
  return [
    pages ? `${pages} ${strings.documents.pages}` : null,
    `${chunks} ${strings.documents.passages}`,
    mimeType,
  ]
    .filter(Boolean)
    .join(' · ');
}

function sharedHeadings(headings: string[], before: string[]): number {
  let shared = 0;
  while (shared < headings.length && headings[shared] === before[shared]) shared += 1;
  return shared;
}

function passageId(id: string): string {
  return `passage-${id}`;
}
