import type { ReactNode } from 'react';
import { strings } from '@/strings';
import { MoreButton } from '../more-button';
import { ProblemNotice } from '../notice';
import type { Paged } from '../use-paged';
import type { FollowedWorkspace } from './use-workspace';

/** A titled part of a settings page. */
export function Section({
  title,
  intro,
  action,
  children,
}: {
  title: string;
  intro?: string;
  action?: ReactNode;
  children: ReactNode;
}) {
  return (
    <section aria-label={title} className="mb-8">
      <div className="flex flex-wrap items-start justify-between gap-3">
        <div className="min-w-0">
          <h2 className="text-base font-semibold">{title}</h2>
          {intro ? <p className="mt-0.5 max-w-prose text-sm text-muted">{intro}</p> : null}
        </div>
        {action}
      </div>
      <div className="mt-3">{children}</div>
    </section>
  );
}

/** A list with what is said of an empty one, of a failure, and the way to what comes after. */
export function PagedList<Item extends { id: string }>({
  list: { items, more, error },
  empty,
  row,
}: {
  list: Paged<Item>;
  empty: string;
  row: (item: Item) => ReactNode;
}) {
  return (
    <div aria-busy={items === null && !error}>
      {error ? <ProblemNotice error={error} /> : null}
      {items?.length === 0 ? (
        <p className="rounded-xl border border-dashed border-line p-6 text-center text-sm text-muted">
          {empty}
        </p>
      ) : (
        <ul className="divide-y divide-line overflow-hidden rounded-xl border border-line bg-surface empty:hidden">
          {(items ?? []).map((item) => (
            <li key={item.id} className="px-4 py-3">
              {row(item)}
            </li>
          ))}
        </ul>
      )}
      <MoreButton more={more} label={strings.settings.more} />
    </div>
  );
}

/** Said where it happened: a change counts once it is kept. */
export function Saved({ state }: Pick<FollowedWorkspace, 'state'>) {
  const { saving, saved } = strings.settings.privacy;
  return (
    <span role="status" className="text-sm text-accent">
      {{ idle: '', saving, saved }[state]}
    </span>
  );
}
