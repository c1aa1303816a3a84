import { Controller, Inject } from '@nestjs/common';
import { OnEvent } from '@parley/bus';
import type { Envelope } from '@parley/contracts';
import { DeliveryIntake } from './delivery-intake';
import { DeliveryWorker } from './delivery.worker';

@Controller()
export class ActionHandler {
  constructor(
    @Inject(DeliveryIntake) private readonly intake: DeliveryIntake,
    @Inject(DeliveryWorker) private readonly worker: DeliveryWorker,
  ) {}

  @OnEvent('action.approved')
  async onApproved(event: Envelope<'action.approved'>): Promise<void> {
    await this.intake.accept(event);
    this.worker.kick();
  }
}
