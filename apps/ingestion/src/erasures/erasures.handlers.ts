import { Controller, Inject } from '@nestjs/common';
import { OnEvent } from '@parley/bus';
import type { Envelope } from '@parley/contracts';
import { ErasuresService } from './erasures.service';

@Controller()
export class ErasuresHandlers {
  constructor(@Inject(ErasuresService) private readonly erasures: ErasuresService) {}

  @OnEvent('meeting.forgotten')
  async onForgotten(event: Envelope<'meeting.forgotten'>): Promise<void> {
    await this.erasures.note(event);
  }
}
