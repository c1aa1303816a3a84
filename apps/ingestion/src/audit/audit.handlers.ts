import { Controller, Inject } from '@nestjs/common';
import { OnEvent } from '@parley/bus';
import type { Envelope } from '@parley/contracts';
import { AuditService } from './audit.service';

@Controller()
export class AuditHandlers {
  constructor(@Inject(AuditService) private readonly audit: AuditService) {}

  @OnEvent('audit.recorded')
  async onRecorded(event: Envelope<'audit.recorded'>): Promise<void> {
    await this.audit.append(event);
  }
}
