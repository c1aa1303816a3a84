import { Module } from '@nestjs/common';
import { DestinationGuard } from '../outbound/destination-guard';
import { OutboundHttp } from '../outbound/outbound-http';
import type { Provider } from './provider';
import { PROVIDERS } from './provider-list';
import { ProviderRegistry } from './provider.registry';
import { ProvidersController } from './providers.controller';

@Module({
  controllers: [ProvidersController],
  providers: [
    DestinationGuard,
    OutboundHttp,
    ...PROVIDERS,
    {
      provide: ProviderRegistry,
      useFactory: (...all: Provider[]) => new ProviderRegistry(all),
      inject: PROVIDERS,
    },
  ],
  exports: [ProviderRegistry],
})
export class ProvidersModule {}
