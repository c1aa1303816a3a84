import { useCallback, useState, type RefCallback } from 'react';

const CHANGE = 'contentvisibilityautostatechange';

/**
 * Whether the browser draws an element of `content-visibility: auto`, which it does near what is seen. Where it does not
 * tell, everything counts as drawn.
 */
export function useDrawn(): {
  isDrawn: boolean;
  /** For the element's `ref`. */
  watched: RefCallback<HTMLElement>;
} {
  const [isDrawn, setDrawn] = useState(() => !tells());
  const watched = useCallback((element: HTMLElement | null) => {
    if (!element) return;
    const look = (event: Event): void => {
      const { skipped } = event as ContentVisibilityAutoStateChangeEvent;
      // What hangs on it stays open, wherever the reader looks meanwhile.
      if (!skipped || !element.querySelector('[data-state="open"]')) setDrawn(!skipped);
    };
    element.addEventListener(CHANGE, look);
    return () => {
      element.removeEventListener(CHANGE, look);
    };
  }, []);
  return { isDrawn, watched };
}

function tells(): boolean {
  return typeof document !== 'undefined' && `on${CHANGE}` in document.documentElement;
}
