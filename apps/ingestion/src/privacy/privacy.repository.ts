import type { Participant } from '@parley/contracts';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository, type EntityManager } from 'typeorm';
import { MeetingEntity } from '../meetings/meeting.entity';
import { ConsentEntity } from './consent.entity';
import type { PrivacyState } from './withheld';

@Injectable()
export class PrivacyRepository {
  constructor(
    @InjectRepository(ConsentEntity) private readonly consents: Repository<ConsentEntity>,
    @InjectRepository(MeetingEntity) private readonly meetings: Repository<MeetingEntity>,
  ) {}

  /** Holds the meeting until the transaction ends: changes come one after the other. */
  hold(manager: EntityManager, id: string): Promise<MeetingEntity | null> {
    return manager.findOne(MeetingEntity, { where: { id }, lock: { mode: 'pessimistic_write' } });
  }

  async change(
    manager: EntityManager,
    id: string,
    to: Partial<
      Pick<
        MeetingEntity,
        | 'title'
        | 'privacyMode'
        | 'vocabulary'
        | 'participants'
        | 'privacyEpoch'
        | 'offTheRecord'
        | 'recorded'
        | 'notesOnly'
      >
    >,
  ): Promise<void> {
    await manager.update(MeetingEntity, { id }, to);
  }

  async note(manager: EntityManager, consent: ConsentEntity): Promise<void> {
    await manager.insert(ConsentEntity, consent);
  }

  /** Oldest first; ids are time-ordered. */
  consentsOf(meetingId: string): Promise<ConsentEntity[]> {
    return this.consents.find({ where: { meetingId }, order: { id: 'ASC' }, take: 1_000 });
  }

  /** Of meetings that this process has senders of; those that are gone are left out. */
  async states(meetingIds: string[]): Promise<Map<string, PrivacyState>> {
    const rows = await this.meetings.query<
      (Pick<PrivacyState, 'epoch' | 'privacyMode'> & { id: string; participants: Participant[] })[]
    >(
      `SELECT id, privacy_epoch AS epoch, privacy_mode AS "privacyMode", participants
       FROM ingestion.meetings WHERE id = ANY($1::uuid[])`,
      [meetingIds],
    );
    return new Map(rows.map(({ id, ...state }) => [id, state]));
  }
}
