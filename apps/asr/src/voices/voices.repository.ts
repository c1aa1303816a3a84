import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository, type EntityManager } from 'typeorm';
import type { VoicesState } from './voice-tracker';
import { VoicesEntity } from './voices.entity';

const ENGINE_BEFORE_IT_WAS_NOTED = 'kaldi-x-vector';

/** What is known of a channel's voices: whoever takes a meeting over goes on with it. */
@Injectable()
export class VoicesRepository {
  constructor(@InjectRepository(VoicesEntity) private readonly voices: Repository<VoicesEntity>) {}

  /** Undefined before the first utterance, and when what is kept is another engine's. */
  async find(meetingId: string, channel: string, engine: string): Promise<VoicesState | undefined> {
    const state = (await this.voices.findOneBy({ meetingId, channel }))?.state;
    return (state?.engine ?? ENGINE_BEFORE_IT_WAS_NOTED) === engine ? state : undefined;
  }

  async save(
    manager: EntityManager,
    { meetingId, channel }: Pick<VoicesEntity, 'meetingId' | 'channel'>,
    state: VoicesState,
  ): Promise<void> {
    await manager.upsert(VoicesEntity, { meetingId, channel, state }, ['meetingId', 'channel']);
  }
}
