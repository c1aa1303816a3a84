'use client';

import { unwrap, type ChangeWorkspace, type Workspace } from '@parley/client';
import { useCallback, useEffect, useRef, useState } from 'react';
import { pageClient } from '@/parley';

export interface FollowedWorkspace {
  /** Null until it is known. */
  workspace: Workspace | null;
  /** Why it could not be asked for, or changed. */
  error: unknown;
  state: 'idle' | 'saving' | 'saved';
  /** @returns whether it was changed */
  change: (to: ChangeWorkspace) => Promise<boolean>;
}

/** The visitor's workspace, and what it wants of its meetings. */
export function useWorkspace(): FollowedWorkspace {
  const [workspace, setWorkspace] = useState<Workspace | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [state, setState] = useState<FollowedWorkspace['state']>('idle');
  useEffect(() => {
    unwrap(pageClient().ingestion.GET('/v1/workspaces/current')).then(setWorkspace, setError);
  }, []);
  // One after the other, as they were made: the last word counts.
  const turn = useRef<Promise<unknown>>(Promise.resolve());
  const change = useCallback((body: ChangeWorkspace) => {
    setState('saving');
    setError(null);
    const save = async (): Promise<boolean> => {
      const { ingestion } = pageClient();
      try {
        setWorkspace(await unwrap(ingestion.PATCH('/v1/workspaces/current', { body })));
        setState('saved');
        return true;
      } catch (problem) {
        setError(problem);
        setState('idle');
        return false;
      }
    };
    const saved = turn.current.then(save);
    turn.current = saved;
    return saved;
  }, []);
  return { workspace, error, state, change };
}
