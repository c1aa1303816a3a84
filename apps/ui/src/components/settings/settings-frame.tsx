'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import type { ReactNode } from 'react';
import { strings } from '@/strings';
import { classNames } from '../class-names';
import { ProblemNotice } from '../notice';
import { SignOut } from './sign-out';
import { useVisitor, useVisitorError, VisitorProvider } from './visitor';

const said = strings.settings;
const SECTIONS = [
  'connections',
  'privacy',
  'vocabulary',
  'engines',
  'keys',
  'audit',
  'deliveries',
] as const;

/** Who the visitor is, and the way from one part of the settings to the next. */
export function SettingsFrame({ children }: { children: ReactNode }) {
  const path = usePathname();
  return (
    <div className="mx-auto max-w-4xl px-4 py-6 sm:px-8 sm:py-8">
      <VisitorProvider>
        <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
          <div>
            <h1 className="text-2xl font-semibold tracking-tight">{said.title}</h1>
            <Who />
          </div>
          <SignOut />
        </div>
        <nav
          aria-label={said.sections}
          className="mt-5 mb-6 flex gap-1 overflow-x-auto border-b border-line"
        >
          {SECTIONS.map((name) => {
            const here = path.startsWith(`/settings/${name}`);
            return (
              <Link
                key={name}
                href={`/settings/${name}`}
                aria-current={here ? 'page' : undefined}
                className={classNames(
                  'shrink-0 border-b-2 px-2.5 py-2 text-sm font-medium',
                  here ? 'border-accent text-ink' : 'border-transparent text-muted hover:text-ink',
                )}
              >
                {said[name].title}
              </Link>
            );
          })}
        </nav>
        {children}
      </VisitorProvider>
    </div>
  );
}

function Who() {
  const visitor = useVisitor();
  const error = useVisitorError();
  if (error) {
    return (
      <div className="mt-2">
        <ProblemNotice error={error} />
      </div>
    );
  }
  if (!visitor) return <p className="mt-1 text-sm text-muted">…</p>;
  const { authRequired, name, workspaceId, scopes } = visitor;
  return (
    <p className="mt-1 max-w-prose text-sm text-muted">
      {authRequired ? (
        <>
          {said.you} <strong className="text-ink">{name}</strong> {said.workspace} {workspaceId},{' '}
          {said.may} {scopes.map((scope) => said.scopes[scope]).join(', ')}.
        </>
      ) : (
        said.open
      )}
    </p>
  );
}
