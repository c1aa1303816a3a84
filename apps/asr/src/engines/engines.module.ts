import { Module } from '@nestjs/common';
import { DecodingModule } from '../decoding/decoding.module';
import { SessionsModule } from '../sessions/sessions.module';
import { EnginesController } from './engines.controller';
import { EnginesService } from './engines.service';

@Module({
  imports: [DecodingModule, SessionsModule],
  controllers: [EnginesController],
  providers: [EnginesService],
})
export class EnginesModule {}
