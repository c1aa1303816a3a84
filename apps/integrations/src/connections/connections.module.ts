import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { SETTINGS } from '@parley/config';
import type { IntegrationsSettings } from '../integrations.settings';
import { ProvidersModule } from '../providers/providers.module';
import { ConnectionEntity } from './connection.entity';
import { connectionsKeys } from './connections-key';
import { ConnectionsController } from './connections.controller';
import { ConnectionsRepository } from './connections.repository';
import { ConnectionsService } from './connections.service';
import { SecretBox } from './secret-box';

@Module({
  imports: [TypeOrmModule.forFeature([ConnectionEntity]), ProvidersModule],
  controllers: [ConnectionsController],
  providers: [
    ConnectionsService,
    ConnectionsRepository,
    {
      provide: SecretBox,
      useFactory: (settings: IntegrationsSettings) => new SecretBox(connectionsKeys(settings)),
      inject: [SETTINGS],
    },
  ],
  exports: [ConnectionsService],
})
export class ConnectionsModule {}
