import { Controller, Inject } from '@nestjs/common';
import { OnEvent } from '@parley/bus';
import type { Envelope } from '@parley/contracts';
import { Erasure } from './erasure.service';

@Controller()
export class ErasureHandler {
  constructor(@Inject(Erasure) private readonly erasure: Erasure) {}

  @OnEvent('meeting.erased')
  async onErased(event: Envelope<'meeting.erased'>): Promise<void> {
    if (event.meetingId !== undefined) await this.erasure.run(event.meetingId, event.workspaceId);
  }
}
