'use client';

import { unwrap, type ChangeWorkspace, type Workspace } from '@parley/client';
import { useCallback, useEffect, useRef, useState } from 'react';
import { pageClient } from '@/parley';
import { useVisitor } from './visitor';

export interface FollowedWorkspace {
  /** Null until it is known. What is being saved stands in it at once; what failed goes again once nothing is under way. */
  workspace: Workspace | null;
  /** Whether the visitor's key may change it. */
  mayChange: boolean;
  /** Why it could not be asked for, or changed. */
  error: unknown;
  /** Saved: nothing that was changed is under way any more. */
  state: 'idle' | 'saving' | 'saved';
  /** @returns whether it was changed */
  change: (to: ChangeWorkspace) => Promise<boolean>;
}

/** The visitor's workspace, and what it wants of its meetings. */
export function useWorkspace(): FollowedWorkspace {
  const [kept, setKept] = useState<Workspace | null>(null);
  const [pending, setPending] = useState<ChangeWorkspace>({});
  const [error, setError] = useState<unknown>(null);
  const [state, setState] = useState<FollowedWorkspace['state']>('idle');
  const mayChange = useVisitor()?.scopes.includes('admin') ?? false;
  useEffect(() => {
    unwrap(pageClient().ingestion.GET('/v1/workspaces/current')).then(setKept, setError);
  }, []);
  // One after the other, as they were made: the last word counts.
  const turn = useRef<Promise<unknown>>(Promise.resolve());
  const waiting = useRef(0);
  /** Whether one failed since nothing waited: what came after it does not make it saved. */
  const failed = useRef(false);
  const change = useCallback((body: ChangeWorkspace) => {
    if (waiting.current === 0) {
      failed.current = false;
      setError(null);
    }
    waiting.current += 1;
    setState('saving');
    setPending((known) => ({ ...known, ...body }));
    const save = async (): Promise<boolean> => {
      const { ingestion } = pageClient();
      let saved = true;
      try {
        setKept(await unwrap(ingestion.PATCH('/v1/workspaces/current', { body })));
      } catch (problem) {
        setError(problem);
        failed.current = true;
        saved = false;
      }
      waiting.current -= 1;
      if (waiting.current === 0) {
        setPending({});
        setState(failed.current ? 'idle' : 'saved');
      }
      return saved;
    };
    const saved = turn.current.then(save);
    turn.current = saved;
    return saved;
  }, []);
  const workspace = kept && { ...kept, ...pending };
  return { workspace, mayChange, error, state, change };
}
