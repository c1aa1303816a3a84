'use client';

import { useEffect, useState } from 'react';
import { flushSync } from 'react-dom';

/** Whether the page is being printed: what only paper shows is made then, and taken away again. */
export function usePrinting(): boolean {
  const [printing, setPrinting] = useState(false);
  useEffect(() => {
    const media = window.matchMedia('print');
    const set = (now: boolean) => () => {
      // The browser draws the paper as soon as its listeners are through.
      flushSync(() => {
        setPrinting(now);
      });
    };
    const [begin, end] = [set(true), set(false)];
    const onChange = (): void => {
      setPrinting(media.matches);
    };
    window.addEventListener('beforeprint', begin);
    window.addEventListener('afterprint', end);
    media.addEventListener('change', onChange);
    return () => {
      window.removeEventListener('beforeprint', begin);
      window.removeEventListener('afterprint', end);
      media.removeEventListener('change', onChange);
    };
  }, []);
  return printing;
}
