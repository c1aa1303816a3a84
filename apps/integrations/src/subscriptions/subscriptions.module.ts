import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ConnectionsModule } from '../connections/connections.module';
import { ProvidersModule } from '../providers/providers.module';
import { MessageCarrier } from './message-carrier';
import { MessageEntity } from './message.entity';
import { MessagePoster } from './message-poster';
import { MessageRecorder } from './message-recorder';
import { MessageWorker } from './message.worker';
import { MessagesRepository } from './messages.repository';
import { SubscriptionEntity } from './subscription.entity';
import { SubscriptionMetrics } from './subscription.metrics';
import { SubscriptionSecrets } from './subscription-secrets';
import { SubscriptionsController } from './subscriptions.controller';
import { SubscriptionsRepository } from './subscriptions.repository';
import { SubscriptionsService } from './subscriptions.service';
import { TimelineHandler } from './timeline.handler';

@Module({
  imports: [
    TypeOrmModule.forFeature([SubscriptionEntity, MessageEntity]),
    ConnectionsModule,
    ProvidersModule,
  ],
  controllers: [SubscriptionsController, TimelineHandler],
  providers: [
    SubscriptionsService,
    SubscriptionsRepository,
    SubscriptionSecrets,
    SubscriptionMetrics,
    MessagesRepository,
    MessageCarrier,
    MessagePoster,
    MessageRecorder,
    MessageWorker,
  ],
})
export class SubscriptionsModule {}
