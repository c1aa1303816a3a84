import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { ChannelSource, Speaker } from '@parley/contracts';
import { Repository, type EntityManager } from 'typeorm';
import { SessionEntity } from './session.entity';

export interface NewSession {
  meetingId: string;
  channel: string;
  workspaceId: string;
  speaker: Speaker | null;
  language: string;
  source: ChannelSource;
  redactPersonalData: boolean;
  redactNames: boolean;
}

@Injectable()
export class SessionsRepository {
  constructor(
    @InjectRepository(SessionEntity) private readonly sessions: Repository<SessionEntity>,
  ) {}

  /** A channel that is known already stays as it is. */
  async open(manager: EntityManager, session: NewSession): Promise<void> {
    await manager
      .createQueryBuilder()
      .insert()
      .into(SessionEntity)
      .values(session)
      .orIgnore()
      .execute();
  }

  of(meetingId: string): Promise<SessionEntity[]> {
    return this.sessions.findBy({ meetingId });
  }

  find(meetingId: string, channel: string): Promise<SessionEntity | null> {
    return this.sessions.findOneBy({ meetingId, channel });
  }

  async advance(
    manager: EntityManager,
    { meetingId, channel }: SessionEntity,
    to: Pick<SessionEntity, 'checkpointMs' | 'nextOrdinal' | 'finals' | 'status'>,
  ): Promise<void> {
    await manager.update(SessionEntity, { meetingId, channel }, to);
  }
}
