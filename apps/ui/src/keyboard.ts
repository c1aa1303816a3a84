'use client';

import { useEffect, useRef } from 'react';

const KEPT = 'parley-shortcuts';
const TYPING = 'input, textarea, select, [contenteditable]:not([contenteditable="false"])';
const IN_FRONT = '[role="dialog"], [role="alertdialog"], [role="menu"]';

/** Whether single keys do something. Who steers by voice, or hits keys by accident, turns them off. */
export function shortcutsAreOn(): boolean {
  try {
    return localStorage.getItem(KEPT) !== 'off';
  } catch {
    // A browser that keeps nothing for this page.
    return true;
  }
}

export function turnShortcuts(on: boolean): void {
  try {
    localStorage.setItem(KEPT, on ? 'on' : 'off');
  } catch {
    // It is forgotten with the page.
  }
}

/**
 * Single keys and what they do here. Never while somebody types, holds another key, or has a dialog before
 * them. An action that says `false` did nothing: somebody else may take the key.
 */
export function useShortcuts(actions: Record<string, (() => void) | (() => boolean)>): void {
  const latest = useRef(actions);
  latest.current = actions;
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.repeat || event.isComposing) return;
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const action = Object.hasOwn(latest.current, event.key) && latest.current[event.key];
      if (!action || !shortcutsAreOn()) return;
      if ((event.target as Element).closest(TYPING) || document.querySelector(IN_FRONT)) return;
      if (action() !== false) event.preventDefault();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => {
      window.removeEventListener('keydown', onKeyDown);
    };
  }, []);
}
