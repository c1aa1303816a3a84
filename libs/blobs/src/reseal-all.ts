import type { Blobs } from './blobs';
import { BlobDamagedError } from './sealing/blob-damaged.error';

/** A table whose rows say with which key their blob is sealed. */
export interface SealedRows {
  /** Some of those that another key than `keyId` sealed, in the order of their ids, after this one; none at the end. */
  sealedOtherwise(keyId: string, afterId: string): Promise<{ id: string; name: string }[]>;
  /** Notes the key. @returns false when the row has gone meanwhile. */
  sealed(id: string, keyId: string): Promise<boolean>;
}

const FIRST_ID = '00000000-0000-0000-0000-000000000000';

/**
 * Seals with the newest key what an older one sealed; nothing where there is no place for blobs.
 * @returns how many; `lost` do not open, and stay: their key may come back
 */
export async function resealAll(
  blobs: Blobs | null,
  rows: SealedRows,
): Promise<{ resealed: number; lost: number }> {
  const counts = { resealed: 0, lost: 0 };
  if (!blobs) return counts;
  let after = FIRST_ID;
  for (;;) {
    const page = await rows.sealedOtherwise(blobs.newestKeyId, after);
    const last = page.at(-1);
    if (!last) return counts;
    after = last.id;
    for (const { id, name } of page) {
      try {
        const keyId = await blobs.reseal(name);
        // Erased meanwhile: what was written just now would outlive it.
        if (keyId !== null && !(await rows.sealed(id, keyId))) await blobs.remove(name);
        else if (keyId !== null) counts.resealed += 1;
      } catch (error) {
        if (!(error instanceof BlobDamagedError)) throw error;
        counts.lost += 1;
      }
    }
  }
}
