import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { UploadEntity } from './upload.entity';

/** Whoever hears a recording says so as often. */
export const HEARING_NOTED_EVERY_MS = 2_000;
/** Then another replica takes it up. */
const HEARING_LEASE = `interval '15 seconds'`;
/** A file that did not arrive by then will not. */
const ARRIVAL = `interval '15 minutes'`;

export interface UploadProgress extends UploadEntity {
  receivedMs: number;
}

@Injectable()
export class UploadsRepository {
  constructor(@InjectRepository(UploadEntity) private readonly uploads: Repository<UploadEntity>) {}

  /** @returns false when the channel has another one. */
  async begin(upload: Omit<UploadEntity, 'status' | 'reason' | 'nextAt'>): Promise<boolean> {
    const { id, meetingId, workspaceId, channel, bytes, statedMs, endsMeeting } = upload;
    const rows = await this.uploads.query<unknown[]>(
      `INSERT INTO ingestion.uploads
         (id, meeting_id, workspace_id, channel, bytes, stated_ms, ends_meeting, status, next_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, 'arriving', now() + ${ARRIVAL})
       ON CONFLICT (meeting_id, channel) WHERE status <> 'failed' DO NOTHING RETURNING id`,
      [id, meetingId, workspaceId, channel, bytes, statedMs, endsMeeting],
    );
    return rows.length === 1;
  }

  /** Its file is there. @returns false when the row has gone meanwhile. */
  async arrived(id: string): Promise<boolean> {
    return this.set(id, `status = 'waiting', next_at = now()`, `status = 'arriving'`);
  }

  async forget(id: string): Promise<void> {
    await this.uploads.delete({ id });
  }

  /** The one that waited longest, or that nobody living hears; from here on it is the caller's. */
  async claim(mostBytes: number): Promise<UploadEntity | null> {
    const [rows] = await this.uploads.query<[{ id: string }[], number]>(
      `UPDATE ingestion.uploads SET status = 'hearing', reason = NULL, next_at = now() + ${HEARING_LEASE}
       WHERE id = (
         SELECT id FROM ingestion.uploads
         WHERE status IN ('waiting', 'hearing') AND next_at <= now() AND bytes <= $1::bigint
         ORDER BY next_at LIMIT 1 FOR UPDATE SKIP LOCKED)
       RETURNING id`,
      [mostBytes],
    );
    return rows[0] ? this.uploads.findOneBy({ id: rows[0].id }) : null;
  }

  /** @returns false when it was stopped, or erased. */
  hearing(id: string): Promise<boolean> {
    return this.set(id, `next_at = now() + ${HEARING_LEASE}`, `status = 'hearing'`);
  }

  /** It is taken up again after a while. */
  async later(id: string, seconds: number, reason: string | null): Promise<void> {
    await this.set(
      id,
      `status = 'waiting', next_at = now() + make_interval(secs => $2), reason = $3`,
      `status = 'hearing'`,
      [seconds, reason],
    );
  }

  async over(
    id: string,
    status: 'heard' | 'stopped' | 'failed',
    reason: string | null = null,
  ): Promise<void> {
    await this.set(id, `status = $2, reason = $3`, `status <> 'failed'`, [status, reason]);
  }

  /** @returns whether there was still something to stop. */
  stop(id: string): Promise<boolean> {
    return this.set(id, `status = 'stopped'`, `status IN ('waiting', 'hearing')`);
  }

  /** Rows of files that never arrived. @returns them; they are gone. */
  async removeLost(): Promise<UploadEntity[]> {
    const lost = await this.uploads
      .createQueryBuilder('upload')
      .where(`upload.status = 'arriving' AND upload.nextAt <= now()`)
      .getMany();
    for (const { id } of lost) await this.uploads.delete({ id, status: 'arriving' });
    return lost;
  }

  of(meetingId: string): Promise<UploadProgress[]> {
    return this.uploads.query<UploadProgress[]>(
      `SELECT u.id, u.channel, u.status, u.reason, u.stated_ms AS "statedMs",
         COALESCE(c.received_ms, 0) AS "receivedMs"
       FROM ingestion.uploads u
       LEFT JOIN ingestion.channels c ON c.meeting_id = u.meeting_id AND c.channel = u.channel
       WHERE u.meeting_id = $1 ORDER BY u.id`,
      [meetingId],
    );
  }

  private async set(
    id: string,
    change: string,
    where: string,
    values: unknown[] = [],
  ): Promise<boolean> {
    const [, changed] = await this.uploads.query<[unknown, number]>(
      `UPDATE ingestion.uploads SET ${change} WHERE id = $1 AND ${where}`,
      [id, ...values],
    );
    return changed === 1;
  }
}
