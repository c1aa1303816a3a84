'use client';

import { unwrap, type Scope, type Whoami } from '@parley/client';
import { createContext, useContext, useEffect, useState, type ReactNode } from 'react';
import { pageClient } from '@/parley';
import { strings } from '@/strings';
import { Notice } from '../notice';

const said = strings.settings;
/** What is known of the visitor: nothing yet, who it is, or why that could not be found out. */
interface Known {
  visitor: Whoami | null;
  error: unknown;
}

const Visitor = createContext<Known>({ visitor: null, error: null });

/** Asks once who the visitor is, for everything below it. */
export function VisitorProvider({ children }: { children: ReactNode }) {
  const [known, setKnown] = useState<Known>({ visitor: null, error: null });
  useEffect(() => {
    unwrap(pageClient().ingestion.GET('/v1/whoami')).then(
      (visitor) => {
        setKnown({ visitor, error: null });
      },
      (error: unknown) => {
        setKnown({ visitor: null, error });
      },
    );
  }, []);
  return <Visitor.Provider value={known}>{children}</Visitor.Provider>;
}

/** Null until it is known. */
export function useVisitor(): Whoami | null {
  return useContext(Visitor).visitor;
}

/** Why it could not be found out who the visitor is. */
export function useVisitorError(): unknown {
  return useContext(Visitor).error;
}

/** Shows what the visitor's key allows; where it does not, says what it would take, and asks for nothing. */
export function Needs({ scope, children }: { scope: Scope; children: ReactNode }) {
  const { visitor, error } = useContext(Visitor);
  // Said once, above all that needs it.
  if (error) return null;
  if (!visitor) return <p className="text-sm text-muted">…</p>;
  if (visitor.scopes.includes(scope)) return children;
  return (
    <Notice look="warn">
      {said.needs} <strong>{said.scopes[scope]}</strong>. {said.needsHint}
    </Notice>
  );
}
