'use client';

import { Search as SearchIcon } from 'lucide-react';
import { useEffect, useRef, type KeyboardEvent, type ReactNode, type SubmitEvent } from 'react';
import { strings } from '@/strings';
import { Button } from '../button';
import { Field } from '../field';
import { formText } from '../form-text';
import { ProblemNotice } from '../notice';
import { groupHits, type SearchHit } from './group-hits';
import { SearchResults } from './search-results';
import { useSearch, type Asked, type SearchScope } from './use-search';

const said = strings.library;
const SCOPES: SearchScope[] = ['everything', 'meetings', 'documents'];

interface PanelProps {
  label: string;
  placeholder: string;
  hint?: string;
  /** Where the page was opened with a search. */
  first?: Asked;
  /** Only there; without it the reader chooses. */
  only?: SearchScope;
  /** Told what is searched for, and that nothing is any more. */
  onAsked?: (asked: Asked | null) => void;
  /** Stands where the results are while nothing was asked. */
  children?: ReactNode;
}

/** Searches in what was said and written. */
export function SearchPanel(props: PanelProps) {
  const { label, placeholder, hint, first, only, onAsked, children } = props;
  const { asked, results, busy, error, more, search } = useSearch();
  const form = useRef<HTMLFormElement>(null);
  const found = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (first?.query) search(first);
    // What the page was opened with is looked for once.
  }, []);

  const ask = (): void => {
    if (!form.current) return;
    const data = new FormData(form.current);
    const query = formText(data, 'query');
    const scope = only ?? (formText(data, 'scope') as SearchScope);
    search({ query, scope });
    onAsked?.(query === '' ? null : { query, scope });
  };
  const onSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    ask();
  };
  const toResults = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (event.key !== 'ArrowDown') return;
    const [result] = found.current?.querySelectorAll<HTMLElement>('[data-search-result]') ?? [];
    if (!result) return;
    event.preventDefault();
    result.focus();
  };

  return (
    <section aria-label={label}>
      <form ref={form} role="search" onSubmit={onSubmit}>
        <div className="flex items-end gap-2">
          <div className="flex-1">
            <Field
              label={label}
              labelHidden
              name="query"
              type="search"
              data-shortcut="/"
              maxLength={1_000}
              defaultValue={first?.query}
              placeholder={placeholder}
              onKeyDown={toResults}
            />
          </div>
          <Button type="submit" look="primary">
            <SearchIcon aria-hidden size={15} />
            {said.submit}
          </Button>
        </div>
        {only ? null : (
          <Scopes
            first={first?.scope ?? 'everything'}
            onChange={() => {
              if (asked) ask();
            }}
          />
        )}
      </form>
      {hint && !asked ? <p className="mt-2.5 text-xs text-muted">{hint}</p> : null}
      <div ref={found} className={asked ? 'mt-4' : undefined} aria-busy={busy}>
        <p role="status" className="mb-3 text-sm text-muted empty:mb-0">
          {busy ? said.searching : asked && results ? countOf(results.items) : null}
        </p>
        {error ? (
          <div className="space-y-3">
            <ProblemNotice error={error} />
            <Button small onClick={ask}>
              {said.again}
            </Button>
          </div>
        ) : null}
        {asked && results?.items.length === 0 && !busy ? (
          <p className="rounded-xl border border-dashed border-line p-8 text-center text-sm text-muted">
            {said.nothingHint}
          </p>
        ) : null}
        {asked && results && results.items.length > 0 ? <SearchResults found={results} /> : null}
        {more ? (
          <div className="mt-4 text-center">
            <Button small onClick={more}>
              {said.more}
            </Button>
          </div>
        ) : null}
      </div>
      {asked ? null : children}
    </section>
  );
}

function Scopes({ first, onChange }: { first: SearchScope; onChange: () => void }) {
  return (
    <fieldset className="mt-3 flex flex-wrap gap-1.5">
      <legend className="sr-only">{said.where}</legend>
      {SCOPES.map((scope) => (
        <label
          key={scope}
          className="inline-flex min-h-8 items-center rounded-full border border-line bg-surface px-3 text-sm text-muted hover:text-ink has-checked:border-accent has-checked:bg-accent-soft has-checked:font-medium has-checked:text-accent has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent"
        >
          <input
            type="radio"
            name="scope"
            value={scope}
            defaultChecked={scope === first}
            onChange={onChange}
            className="sr-only"
          />
          {said.scopes[scope]}
        </label>
      ))}
    </fieldset>
  );
}

function countOf(items: SearchHit[]): string {
  if (items.length === 0) return said.nothing;
  const groups = groupHits(items);
  const places = groups.reduce((sum, { hits }) => sum + hits.length, 0);
  const counted = (count: number, { one, many }: { one: string; many: string }): string =>
    `${count} ${count === 1 ? one : many}`;
  return `${counted(places, said.places)} ${said.in} ${counted(groups.length, said.sources)}`;
}
