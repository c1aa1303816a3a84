import { Controller, Inject } from '@nestjs/common';
import { OnEvent } from '@parley/bus';
import type { Envelope } from '@parley/contracts';
import { Reduction } from './reduction.service';

@Controller()
export class ReductionHandler {
  constructor(@Inject(Reduction) private readonly reduction: Reduction) {}

  @OnEvent('meeting.reduced')
  async onReduced(event: Envelope<'meeting.reduced'>): Promise<void> {
    if (event.meetingId !== undefined) await this.reduction.run(event.meetingId, event.workspaceId);
  }
}
