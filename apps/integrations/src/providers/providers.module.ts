import { Module } from '@nestjs/common';
import { DestinationGuard } from '../outbound/destination-guard';
import { OutboundHttp } from '../outbound/outbound-http';
import { JiraCloud } from './jira/jira-cloud';
import type { Provider } from './provider';
import { PROVIDERS } from './provider-list';
import { ProviderCalls } from './provider-calls';
import { ProviderMetrics } from './provider.metrics';
import { ProviderRegistry } from './provider.registry';
import { ProvidersController } from './providers.controller';

@Module({
  controllers: [ProvidersController],
  providers: [
    DestinationGuard,
    OutboundHttp,
    JiraCloud,
    ProviderCalls,
    ProviderMetrics,
    ...PROVIDERS,
    {
      provide: ProviderRegistry,
      useFactory: (...all: Provider[]) => new ProviderRegistry(all),
      inject: PROVIDERS,
    },
  ],
  exports: [ProviderRegistry, ProviderCalls, ProviderMetrics, DestinationGuard, OutboundHttp],
})
export class ProvidersModule {}
