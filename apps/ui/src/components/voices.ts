import type { Segment } from '@parley/client';

const VOICES = 8;

/** Each speaker's colour, in the order in which they first speak: neighbours in a talk never share one. */
export function voiceColors(lines: Segment[]): ReadonlyMap<string, string> {
  const colors = new Map<string, string>();
  for (const { speaker } of lines) {
    if (!speaker || colors.has(speaker.id)) continue;
    colors.set(speaker.id, `var(--voice-${colors.size % VOICES})`);
  }
  return colors;
}
