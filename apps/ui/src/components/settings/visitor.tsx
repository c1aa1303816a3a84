'use client';

import { unwrap, type Scope, type Whoami } from '@parley/client';
import { createContext, useContext, useEffect, useState, type ReactNode } from 'react';
import { pageClient } from '@/parley';
import { strings } from '@/strings';
import { Notice, ProblemNotice } from '../notice';

const said = strings.settings;
const Visitor = createContext<Whoami | null>(null);

/** Asks once who the visitor is, for everything below it. */
export function VisitorProvider({ children }: { children: ReactNode }) {
  const [visitor, setVisitor] = useState<Whoami | null>(null);
  const [error, setError] = useState<unknown>(null);
  useEffect(() => {
    unwrap(pageClient().ingestion.GET('/v1/whoami')).then(setVisitor, setError);
  }, []);
  if (error) return <ProblemNotice error={error} />;
  return <Visitor.Provider value={visitor}>{children}</Visitor.Provider>;
}

/** Null until it is known. */
export function useVisitor(): Whoami | null {
  return useContext(Visitor);
}

/** Shows what the visitor's key allows; where it does not, says what it would take, and asks for nothing. */
export function Needs({ scope, children }: { scope: Scope; children: ReactNode }) {
  const visitor = useVisitor();
  if (!visitor) return <p className="text-sm text-muted">…</p>;
  if (visitor.scopes.includes(scope)) return children;
  return (
    <Notice look="warn">
      {said.needs} <strong>{said.scopes[scope]}</strong>. {said.needsHint}
    </Notice>
  );
}
