import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { Speaker } from '@parley/contracts';
import { IsNull, Repository, type EntityManager } from 'typeorm';
import { SpeakerEntity } from './speaker.entity';

/** Who speaks in which meeting. */
@Injectable()
export class SpeakersRepository {
  constructor(
    @InjectRepository(SpeakerEntity) private readonly speakers: Repository<SpeakerEntity>,
  ) {}

  /** Those who are not somebody else. */
  of(meetingId: string): Promise<SpeakerEntity[]> {
    return this.speakers.find({ where: { meetingId, mergedInto: IsNull() }, order: { id: 'ASC' } });
  }

  /** Makes a speaker known; one that is known already stays as it is. */
  async add(manager: EntityManager, meetingId: string, speaker: Speaker): Promise<void> {
    const { id, name, participantId = null } = speaker;
    await manager
      .createQueryBuilder()
      .insert()
      .into(SpeakerEntity)
      .values({ meetingId, id, name, participantId })
      .orIgnore()
      .execute();
  }

  /**
   * Gives a voice a name, `Speaker 1` and so on in the order in which they are first sure.
   * @returns whether it had none
   */
  async introduce(manager: EntityManager, meetingId: string, voiceId: string): Promise<boolean> {
    const rows = await manager.query<unknown[]>(
      `INSERT INTO asr.speakers (meeting_id, id, name)
       SELECT $1::uuid, $2::text, 'Speaker ' || count(*) FILTER (WHERE s.participant_id IS NULL) + 1
       FROM asr.speakers s WHERE s.meeting_id = $1::uuid
       ON CONFLICT DO NOTHING RETURNING id`,
      [meetingId, voiceId],
    );
    return rows.length > 0;
  }

  /** The speaker as of now, with a lock against a change until the transaction ends; null for nobody known. */
  current(manager: EntityManager, meetingId: string, id: string): Promise<SpeakerEntity | null> {
    return found(manager, meetingId, id, 'pessimistic_read');
  }

  /** The same for a change of one's own. */
  lock(manager: EntityManager, meetingId: string, id: string): Promise<SpeakerEntity | null> {
    return found(manager, meetingId, id, 'pessimistic_write');
  }

  /** What everybody is called of whom it is known that they are there; names of voices that nobody named among them. */
  async names(meetingId: string, manager = this.speakers.manager): Promise<string[]> {
    const rows = await manager.query<{ name: string }[]>(
      `SELECT name FROM asr.speakers WHERE meeting_id = $1
       UNION SELECT jsonb_array_elements_text(people) FROM asr.meetings WHERE meeting_id = $1`,
      [meetingId],
    );
    return rows.map(({ name }) => name);
  }

  /** How long each has spoken. */
  async spokenMs(meetingId: string): Promise<Map<string, number>> {
    const rows = await this.speakers.query<{ id: string; ms: number }[]>(
      `SELECT speaker->>'id' AS id, sum(end_ms - start_ms)::int AS ms FROM asr.segments
       WHERE meeting_id = $1 AND speaker IS NOT NULL GROUP BY 1`,
      [meetingId],
    );
    return new Map(rows.map(({ id, ms }) => [id, ms]));
  }

  async rename(
    manager: EntityManager,
    { meetingId, id }: SpeakerEntity,
    to: Pick<SpeakerEntity, 'name' | 'participantId'>,
  ): Promise<void> {
    await manager.update(SpeakerEntity, { meetingId, id }, to);
  }

  /** Whoever had turned out to be `from` is `into` as well. */
  async merge(manager: EntityManager, from: SpeakerEntity, into: SpeakerEntity): Promise<void> {
    await manager.query(
      `UPDATE asr.speakers SET merged_into = $3
       WHERE meeting_id = $1 AND (id = $2 OR merged_into = $2)`,
      [from.meetingId, from.id, into.id],
    );
  }
}

/** Whoever somebody turned out to be stands for them. */
async function found(
  manager: EntityManager,
  meetingId: string,
  id: string,
  mode: 'pessimistic_read' | 'pessimistic_write',
): Promise<SpeakerEntity | null> {
  const one = (where: { id: string }): Promise<SpeakerEntity | null> =>
    manager.findOne(SpeakerEntity, { where: { meetingId, ...where }, lock: { mode } });
  const speaker = await one({ id });
  return speaker?.mergedInto ? one({ id: speaker.mergedInto }) : speaker;
}

/** As it stands in a segment. */
export function toSpeaker({ id, name, participantId }: SpeakerEntity): Speaker {
  return { id, name, ...(participantId === null ? {} : { participantId }) };
}
