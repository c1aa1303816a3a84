import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { WorkspacesModule } from '../workspaces/workspaces.module';
import { KeyEntity } from './key.entity';
import { KeysController } from './keys.controller';
import { KeysRepository } from './keys.repository';
import { KeysService } from './keys.service';
import { WhoamiController } from './whoami.controller';

@Module({
  imports: [TypeOrmModule.forFeature([KeyEntity]), WorkspacesModule],
  controllers: [KeysController, WhoamiController],
  providers: [KeysService, KeysRepository],
})
export class KeysModule {}
