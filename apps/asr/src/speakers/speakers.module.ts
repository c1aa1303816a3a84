import { Module } from '@nestjs/common';
import { SessionsModule } from '../sessions/sessions.module';
import { SpeakersController } from './speakers.controller';
import { SpeakersService } from './speakers.service';

@Module({
  imports: [SessionsModule],
  controllers: [SpeakersController],
  providers: [SpeakersService],
})
export class SpeakersModule {}
