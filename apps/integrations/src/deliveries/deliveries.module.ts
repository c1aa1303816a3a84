import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ConnectionsModule } from '../connections/connections.module';
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
export class DeliveriesModule {}
