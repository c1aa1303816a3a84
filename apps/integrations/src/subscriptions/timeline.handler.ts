import { Controller, Inject } from '@nestjs/common';
import { OnEvent } from '@parley/bus';
import type { Envelope } from '@parley/contracts';
import { MessageWorker } from './message.worker';
import { MessagesRepository } from './messages.repository';

@Controller()
export class TimelineHandler {
  constructor(
    @Inject(MessagesRepository) private readonly messages: MessagesRepository,
    @Inject(MessageWorker) private readonly worker: MessageWorker,
  ) {}

  /** Acknowledged once every subscription has its message; told twice, each still has one. */
  @OnEvent('timeline.added')
  async onAdded(event: Envelope<'timeline.added'>): Promise<void> {
    if ((await this.messages.plan(event)) > 0) this.worker.kick();
  }
}
