import { Module } from '@nestjs/common';
import { SETTINGS } from '@parley/config';
import { createRedis } from '@parley/redis';
import type { IngestionSettings } from '../ingestion.settings';
import { KeysModule } from '../keys/keys.module';
import { MemoryTicketStore } from '../tickets/memory-ticket.store';
import { RedisTicketStore } from '../tickets/redis-ticket.store';
import type { TicketStore } from '../tickets/ticket.store';
import { OpenIdProvider, type Challenge } from './open-id-provider';
import { SignInController } from './sign-in.controller';
import { SIGN_IN_ATTEMPTS, SignInService } from './sign-in.service';
import { SignInSweep } from './sign-in.sweep';

@Module({
  imports: [KeysModule],
  controllers: [SignInController],
  providers: [
    SignInService,
    SignInSweep,
    OpenIdProvider,
    {
      provide: SIGN_IN_ATTEMPTS,
      inject: [SETTINGS],
      useFactory: ({ REDIS_URL, OIDC_ISSUER }: IngestionSettings): TicketStore<Challenge> =>
        REDIS_URL && OIDC_ISSUER
          ? new RedisTicketStore(
              createRedis(REDIS_URL, { name: 'parley:ingestion:sign-in' }),
              'parley:sign-in',
            )
          : new MemoryTicketStore(),
    },
  ],
})
export class SignInModule {}
