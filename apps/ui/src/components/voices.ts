import type { Segment } from '@parley/client';

const VOICES = 8;

/** A speaker's colour: the same for a name in every meeting, so that people are known again. */
export function voiceColor(speaker: Segment['speaker']): string {
  if (!speaker) return 'var(--muted)';
  let sum = 0;
  for (const letter of speaker.name) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 9_973;
  return `var(--voice-${sum % VOICES})`;
}
