import type { Segment } from '@parley/client';
import { useRef } from 'react';

/** How many colours there are. */
export const VOICES = 8;

/** The colour of this number, counted from 0; after the last comes the first again. */
export function voiceColor(index: number): string {
  return `var(--voice-${index % VOICES})`;
}

/** Each speaker's colour, in the order in which they first speak: neighbours in a talk never share one. */
export function voiceColors(lines: Segment[]): ReadonlyMap<string, string> {
  const colors = new Map<string, string>();
  for (const { speaker } of lines) {
    if (!speaker || colors.has(speaker.id)) continue;
    colors.set(speaker.id, voiceColor(colors.size));
  }
  return colors;
}

/** The same map for as long as nobody new speaks. */
export function useVoiceColors(lines: Segment[]): ReadonlyMap<string, string> {
  const known = useRef<ReadonlyMap<string, string>>(new Map());
  const colors = voiceColors(lines);
  const isSame =
    known.current.size === colors.size &&
    [...colors].every(([id, color]) => known.current.get(id) === color);
  if (!isSame) known.current = colors;
  return known.current;
}

export function colorOf(colors: ReadonlyMap<string, string>, { speaker }: Segment): string {
  return (speaker && colors.get(speaker.id)) ?? 'var(--muted)';
}
