'use client';

import type { Segment } from '@parley/client';
import { useSyncExternalStore } from 'react';

/** A word begins a little before it is found, and ends a little after. */
const AROUND_MS = 300;

/** One line at a time, whoever asks: two voices at once are understood by nobody. */
let playing: { id: string; audio: HTMLAudioElement } | null = null;
const listeners = new Set<() => void>();

/** Plays what was said in this line, or stops when it is being played. @param failed is told that it could not be had */
export function togglePlaying(line: Segment, failed: () => void): void {
  const same = playing?.id === line.id;
  stopPlaying();
  if (same) return;
  const audio = new Audio(addressOf(line));
  playing = { id: line.id, audio };
  tell();
  const over = (): void => {
    if (playing?.audio === audio) stopPlaying();
  };
  const broken = (): void => {
    // Stopped by somebody, or another line took its place: nothing failed.
    if (playing?.audio !== audio) return;
    over();
    failed();
  };
  audio.addEventListener('ended', over);
  // It may break off in the middle, too.
  audio.addEventListener('error', broken);
  audio.play().catch(broken);
}

export function stopPlaying(): void {
  playing?.audio.pause();
  playing = null;
  tell();
}

/** Whether this line is being played. */
export function usePlaying(id: string): boolean {
  return useSyncExternalStore(
    subscribe,
    () => playing?.id === id,
    () => false,
  );
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

function tell(): void {
  for (const listener of listeners) listener();
}

function addressOf({ meetingId, channel, startMs, endMs }: Segment): string {
  const query = new URLSearchParams({
    channel,
    fromMs: String(Math.max(0, startMs - AROUND_MS)),
    toMs: String(endMs + AROUND_MS),
  });
  return `/api/ingestion/v1/meetings/${meetingId}/recording?${query.toString()}`;
}
