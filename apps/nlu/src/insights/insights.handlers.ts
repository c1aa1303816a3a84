import { Controller, Inject } from '@nestjs/common';
import { OnEvent } from '@parley/bus';
import type { Envelope } from '@parley/contracts';
import { InsightsService } from './insights.service';

@Controller()
export class InsightsHandlers {
  constructor(@Inject(InsightsService) private readonly insights: InsightsService) {}

  @OnEvent('transcript.final')
  async onFinal(event: Envelope<'transcript.final'>): Promise<void> {
    await this.insights.understand(event.data.segment, event.workspaceId);
  }
}
