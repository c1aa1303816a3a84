import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { canonicalJson } from '@parley/contracts';
import { DataSource } from 'typeorm';
import type { Receipt, ReceiptSignature } from './erasure.views';

/** Signs receipts with the installation's key, made once and shared by all replicas. */
@Injectable()
export class ReceiptSigner {
  constructor(@Inject(DataSource) private readonly dataSource: DataSource) {}

  async sign(receipt: Receipt): Promise<ReceiptSignature> {
    const key = createPrivateKey(await this.privateKey());
    return {
      algorithm: 'Ed25519',
      publicKey: createPublicKey(key).export({ type: 'spki', format: 'pem' }).toString(),
      value: sign(null, Buffer.from(canonicalJson(receipt)), key).toString('base64'),
    };
  }

  private async privateKey(): Promise<string> {
    const known = await this.read();
    if (known !== null) return known;
    const { privateKey } = generateKeyPairSync('ed25519');
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' });
    await this.dataSource.query(
      `INSERT INTO ingestion.receipt_key (private_key) VALUES ($1) ON CONFLICT DO NOTHING`,
      [pem],
    );
    // Of two replicas that make one, the first wins.
    return (await this.read()) ?? pem.toString();
  }

  private async read(): Promise<string | null> {
    const [row] = await this.dataSource.query<{ private_key: string }[]>(
      `SELECT private_key FROM ingestion.receipt_key`,
    );
    return row?.private_key ?? null;
  }
}

/** Whether `signature` is that of exactly this receipt, by the holder of the key that it names. */
export function verifyReceipt(receipt: Receipt, { publicKey, value }: ReceiptSignature): boolean {
  const signature = Buffer.from(value, 'base64');
  return verify(null, Buffer.from(canonicalJson(receipt)), publicKey, signature);
}
