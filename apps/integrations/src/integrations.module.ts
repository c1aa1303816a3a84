import { Module } from '@nestjs/common';
import { BusModule } from '@parley/bus';
import { DatabaseModule } from '@parley/database';
import { ErasureModule } from '@parley/privacy';
import { ServiceModule } from '@parley/service';
import { ConnectionEntity } from './connections/connection.entity';
import { ConnectionsModule } from './connections/connections.module';
import { DeadLettersModule } from './dead-letters/dead-letters.module';
import { DeliveriesModule } from './deliveries/deliveries.module';
import { DeliveryEntity } from './deliveries/delivery.entity';
import { integrationsApi } from './integrations.api';
import { integrationsHoldings } from './integrations.holdings';
import { integrationsSettings } from './integrations.settings';
import { CreateIntegrations1763800000000 } from './migrations/1763800000000-create-integrations';
import { ProvidersModule } from './providers/providers.module';

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
      entities: [ConnectionEntity, DeliveryEntity],
      migrations: [CreateIntegrations1763800000000],
      holdings: integrationsHoldings,
    }),
    BusModule.forService({ group: 'integrations' }),
    ErasureModule.forService('integrations'),
    ProvidersModule,
    ConnectionsModule,
    DeliveriesModule,
    DeadLettersModule,
  ],
})
export class IntegrationsModule {}
