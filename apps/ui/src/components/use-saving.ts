import { useCallback, useState } from 'react';

export interface Saving {
  busy: boolean;
  /** What went wrong the last time; null once it is tried again. */
  error: unknown;
  /** Does the work, and says whether it worked; what it throws is the error. */
  save: (work: () => Promise<unknown>) => Promise<boolean>;
  clearError: () => void;
}

/** Work that a person waits for, one piece at a time. */
export function useSaving(): Saving {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const clearError = useCallback(() => {
    setError(null);
  }, []);
  const save = useCallback(async (work: () => Promise<unknown>) => {
    setBusy(true);
    setError(null);
    try {
      await work();
      return true;
    } catch (problem) {
      setError(problem);
      return false;
    } finally {
      setBusy(false);
    }
  }, []);
  return { busy, error, save, clearError };
}
