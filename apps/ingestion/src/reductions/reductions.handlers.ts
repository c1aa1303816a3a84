import { Controller, Inject } from '@nestjs/common';
import { OnEvent } from '@parley/bus';
import type { Envelope } from '@parley/contracts';
import { ReductionsService } from './reductions.service';

@Controller()
export class ReductionsHandlers {
  constructor(@Inject(ReductionsService) private readonly reductions: ReductionsService) {}

  @OnEvent('meeting.words-forgotten')
  async onForgotten(event: Envelope<'meeting.words-forgotten'>): Promise<void> {
    await this.reductions.note(event);
  }
}
