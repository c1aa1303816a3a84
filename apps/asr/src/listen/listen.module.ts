import { Module } from '@nestjs/common';
import { DecodingModule } from '../decoding/decoding.module';
import { SessionsModule } from '../sessions/sessions.module';
import { ListenGateway } from './listen.gateway';

@Module({ imports: [DecodingModule, SessionsModule], providers: [ListenGateway] })
export class ListenModule {}
