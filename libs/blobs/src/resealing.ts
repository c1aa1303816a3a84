import type { Blobs } from './blobs';
import { resealAll, type SealedRows } from './reseal-all';

/** Is told how many, when there are any. */
export interface ResealingNews {
  resealed(kept: number): void;
  /** They do not open; they stay, their key may come back. */
  lost(dropped: number): void;
}

/** What a sweep does so that keys can be replaced: nothing where there is no place for blobs. */
export async function resealing(
  blobs: Blobs | null,
  rows: SealedRows,
  news: ResealingNews,
): Promise<void> {
  if (!blobs) return;
  const { resealed, lost } = await resealAll(blobs, rows);
  if (resealed > 0) news.resealed(resealed);
  if (lost > 0) news.lost(lost);
}
