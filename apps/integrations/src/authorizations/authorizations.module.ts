import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ConnectionsModule } from '../connections/connections.module';
import { ProvidersModule } from '../providers/providers.module';
import { AuthorizationEntity } from './authorization.entity';
import { AuthorizationsController } from './authorizations.controller';
import { AuthorizationsRepository } from './authorizations.repository';
import { AuthorizationsService } from './authorizations.service';

@Module({
  imports: [TypeOrmModule.forFeature([AuthorizationEntity]), ConnectionsModule, ProvidersModule],
  controllers: [AuthorizationsController],
  providers: [AuthorizationsService, AuthorizationsRepository],
})
export class AuthorizationsModule {}
