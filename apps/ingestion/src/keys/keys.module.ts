import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { WorkspacesModule } from '../workspaces/workspaces.module';
import { KeyEntity } from './key.entity';
import { KeysController } from './keys.controller';
import { KeysRepository } from './keys.repository';
import { KeysService } from './keys.service';
import { SignInKeysRepository } from './sign-in-keys.repository';
import { SignInKeys } from './sign-in-keys.service';
import { WhoamiController } from './whoami.controller';

@Module({
  imports: [TypeOrmModule.forFeature([KeyEntity]), WorkspacesModule],
  controllers: [KeysController, WhoamiController],
  providers: [KeysService, KeysRepository, SignInKeys, SignInKeysRepository],
  exports: [SignInKeys],
})
export class KeysModule {}
