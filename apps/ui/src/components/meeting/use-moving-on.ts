'use client';

import { useEffect, useRef } from 'react';
import { moveOnToCard } from './step-suggestions';

/**
 * Who decided about a proposal goes on with the next one. A proposal that leaves for another reason, because it
 * lapsed or somebody else decided, takes nobody along: the next key would be for one that was never read.
 * @returns says that a decision about a proposal was begun here, or came to nothing.
 */
export function useMovingOn(
  pending: readonly { id: string }[],
): (id: string, deciding: boolean) => void {
  const shown = useRef<string[]>([]);
  const deciding = useRef(new Set<string>());
  useEffect(() => {
    const before = shown.current;
    const now = pending.map(({ id }) => id);
    shown.current = now;
    const left = before.filter((id) => !now.includes(id));
    const decided = left.find((id) => deciding.current.has(id));
    for (const id of left) deciding.current.delete(id);
    if (decided === undefined || document.activeElement !== document.body) return;
    const after = before.slice(before.indexOf(decided) + 1).find((id) => now.includes(id));
    const next = after ?? now.at(-1);
    if (next !== undefined) moveOnToCard(next);
  });
  return (id, begun) => {
    if (begun) deciding.current.add(id);
    else deciding.current.delete(id);
  };
}
