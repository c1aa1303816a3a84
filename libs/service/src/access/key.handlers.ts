import { Controller, Inject } from '@nestjs/common';
import { OnEvent } from '@parley/bus';
import type { Envelope } from '@parley/contracts';
import { KeySync } from './key-sync';

/** An event reaches one replica of a service, which tells the others. */
@Controller()
export class KeyHandlers {
  constructor(@Inject(KeySync) private readonly sync: KeySync) {}

  @OnEvent('key.issued')
  async onIssued({ data }: Envelope<'key.issued'>): Promise<void> {
    await this.sync.tell({ keyId: data.keyId, revoked: false });
  }

  @OnEvent('key.revoked')
  async onRevoked({ data }: Envelope<'key.revoked'>): Promise<void> {
    await this.sync.tell({ keyId: data.keyId, revoked: true });
  }
}
