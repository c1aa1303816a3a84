import { Inject, Module, type OnModuleInit } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Erasure, Reduction } from '@parley/privacy';
import { ConnectionsModule } from '../connections/connections.module';
import { ProviderRegistry } from '../providers/provider.registry';
import { ProvidersModule } from '../providers/providers.module';
import { ActionHandler } from './action.handler';
import { DeliveriesController } from './deliveries.controller';
import { DeliveriesRepository } from './deliveries.repository';
import { DeliveriesService } from './deliveries.service';
import { DeliveryCarrier } from './delivery-carrier';
import { DeliveryEntity } from './delivery.entity';
import { DeliveryIntake } from './delivery-intake';
import { DeliveryMetrics } from './delivery.metrics';
import { DeliveryRecorder } from './delivery-recorder';
import { DeliveryWorker } from './delivery.worker';

@Module({
  imports: [TypeOrmModule.forFeature([DeliveryEntity]), ConnectionsModule, ProvidersModule],
  controllers: [DeliveriesController, ActionHandler],
  providers: [
    DeliveriesService,
    DeliveriesRepository,
    DeliveryIntake,
    DeliveryCarrier,
    DeliveryRecorder,
    DeliveryMetrics,
    DeliveryWorker,
  ],
})
export class DeliveriesModule implements OnModuleInit {
  constructor(
    @Inject(Erasure) private readonly erasure: Erasure,
    @Inject(Reduction) private readonly reduction: Reduction,
    @Inject(ProviderRegistry) private readonly providers: ProviderRegistry,
  ) {}

  onModuleInit(): void {
    for (const provider of this.providers.all) {
      const name = `what ${provider.id} keeps on this machine`;
      const erase = provider.forgetMeeting?.bind(provider);
      if (erase) this.erasure.also({ name, erase });
      const unquote = provider.forgetQuotes?.bind(provider);
      if (unquote) this.reduction.also({ name, erase: unquote });
    }
  }
}
