import { ownerOf } from './connection-owner';
import type { SecretBox, Sealed } from './secret-box';
import { SecretBoxError } from './secret-box.error';

interface SealedRow {
  id: string;
  workspaceId: string;
  keyId: string;
  secrets: string;
}

/** A table whose rows hold sealed secrets. */
export interface SealedTable<Row extends SealedRow> {
  /** Those of all workspaces that another key than `keyId` sealed. */
  sealedOtherwise(keyId: string): Promise<Row[]>;
  /** Replaces the sealed secrets unless somebody changed them meanwhile. @returns whether it did. */
  reseal(row: Row, sealed: Sealed): Promise<boolean>;
}

/** Seals with the newest key what an older one sealed. `lost`: rows whose key is not here; they stay, it may come back. */
export async function resealAll<Row extends SealedRow>(
  table: SealedTable<Row>,
  box: SecretBox,
): Promise<{ resealed: number; lost: number }> {
  let resealed = 0;
  let lost = 0;
  for (const row of await table.sealedOtherwise(box.newest)) {
    try {
      const secrets = box.open({ keyId: row.keyId, text: row.secrets }, ownerOf(row));
      if (await table.reseal(row, box.seal(secrets, ownerOf(row)))) resealed += 1;
    } catch (error) {
      if (!(error instanceof SecretBoxError)) throw error;
      lost += 1;
    }
  }
  return { resealed, lost };
}
