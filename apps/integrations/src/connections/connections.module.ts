import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { SETTINGS } from '@parley/config';
import type { IntegrationsSettings } from '../integrations.settings';
import { AccessRepository } from '../oauth/access.repository';
import { AccessTokens } from '../oauth/access-tokens';
import { TokenEndpoint } from '../oauth/token-endpoint';
import { ProvidersModule } from '../providers/providers.module';
import { ConnectionEntity } from './connection.entity';
import { ConnectionOpener } from './connection-opener';
import { ConnectionReader } from './connection-reader';
import { ConnectionTester } from './connection-tester';
import { connectionsKeys } from './connections-key';
import { ConnectionsController } from './connections.controller';
import { ConnectionsRepository } from './connections.repository';
import { ConnectionsService } from './connections.service';
import { ConsentRevocation } from './consent-revocation';
import { KeyRotation } from './key-rotation';
import { SecretBox } from './secret-box';

@Module({
  imports: [TypeOrmModule.forFeature([ConnectionEntity]), ProvidersModule],
  controllers: [ConnectionsController],
  providers: [
    ConnectionsService,
    ConnectionsRepository,
    ConnectionOpener,
    ConsentRevocation,
    ConnectionTester,
    ConnectionReader,
    KeyRotation,
    AccessRepository,
    AccessTokens,
    TokenEndpoint,
    {
      provide: SecretBox,
      useFactory: (settings: IntegrationsSettings) => new SecretBox(connectionsKeys(settings)),
      inject: [SETTINGS],
    },
  ],
  exports: [ConnectionsService, SecretBox, TokenEndpoint],
})
export class ConnectionsModule {}
