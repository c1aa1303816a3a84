import { Module } from '@nestjs/common';
import { BusModule } from '@parley/bus';
import { SETTINGS } from '@parley/config';
import { DatabaseModule } from '@parley/database';
import { ErasureModule } from '@parley/privacy';
import { ResilienceModule } from '@parley/resilience';
import { ServiceModule } from '@parley/service';
import { AuthorizationEntity } from './authorizations/authorization.entity';
import { AuthorizationsModule } from './authorizations/authorizations.module';
import { CalendarEventEntity } from './calendar-feeds/calendar-event.entity';
import { CalendarFeedEntity } from './calendar-feeds/calendar-feed.entity';
import { CalendarFeedsModule } from './calendar-feeds/calendar-feeds.module';
import { ConnectionEntity } from './connections/connection.entity';
import { ConnectionsModule } from './connections/connections.module';
import { DeadLettersModule } from './dead-letters/dead-letters.module';
import { DeliveriesModule } from './deliveries/deliveries.module';
import { DeliveryEntity } from './deliveries/delivery.entity';
import { integrationsApi } from './integrations.api';
import { integrationsHoldings } from './integrations.holdings';
import { integrationsSettings, type IntegrationsSettings } from './integrations.settings';
import { CreateIntegrations1763800000000 } from './migrations/1763800000000-create-integrations';
import { KeepConsents1764700000000 } from './migrations/1764700000000-keep-consents';
import { KeepSubscriptions1765200000000 } from './migrations/1765200000000-keep-subscriptions';
import { ClaimBySubscription1765300000002 } from './migrations/1765300000002-claim-by-subscription';
import { KeepCalendarFeeds1766100000000 } from './migrations/1766100000000-keep-calendar-feeds';
import { callLimits } from './providers/call-limits';
import { isUnwell } from './providers/provider-calls';
import { ProvidersModule } from './providers/providers.module';
import { MessageEntity } from './subscriptions/message.entity';
import { SubscriptionEntity } from './subscriptions/subscription.entity';
import { SubscriptionsModule } from './subscriptions/subscriptions.module';

/** The only service that talks to the outside: connections, and what is delivered through them. */
@Module({
  imports: [
    ServiceModule.forService({
      name: 'integrations',
      settings: integrationsSettings,
      api: integrationsApi,
    }),
    DatabaseModule.forService({
      schema: 'integrations',
      entities: [
        ConnectionEntity,
        AuthorizationEntity,
        DeliveryEntity,
        SubscriptionEntity,
        MessageEntity,
        CalendarFeedEntity,
        CalendarEventEntity,
      ],
      migrations: [
        CreateIntegrations1763800000000,
        KeepConsents1764700000000,
        KeepSubscriptions1765200000000,
        ClaimBySubscription1765300000002,
        KeepCalendarFeeds1766100000000,
      ],
      holdings: integrationsHoldings,
    }),
    BusModule.forService({ group: 'integrations' }),
    ErasureModule.forService('integrations'),
    ResilienceModule.forService({
      useFactory: (settings: IntegrationsSettings) => (provider: string) => {
        const { breaker, retryShare: share } = callLimits(provider, settings);
        return { ...breaker, share, isFailure: isUnwell };
      },
      inject: SETTINGS,
    }),
    ProvidersModule,
    ConnectionsModule,
    AuthorizationsModule,
    DeliveriesModule,
    SubscriptionsModule,
    CalendarFeedsModule,
    DeadLettersModule,
  ],
})
export class IntegrationsModule {}
