import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { In, Repository, type EntityManager } from 'typeorm';
import { UploadEntity } from './upload.entity';

/** Whoever hears a recording says so as often. */
export const RENEWED_EVERY_MS = 2_000;
/** Then another replica takes it up. */
const LEASE = `interval '15 seconds'`;
/** A file that did not arrive by then will not. */
const ARRIVAL = `interval '15 minutes'`;
const IS_OVER = `status IN ('heard', 'stopped', 'failed')`;

export type NewUpload = Pick<
  UploadEntity,
  'id' | 'meetingId' | 'workspaceId' | 'channel' | 'bytes' | 'statedMs' | 'endsMeeting'
>;

/** A recording in the hands of one hearing of it. */
export type HeldUpload = UploadEntity & { holder: string };

export interface UploadProgress extends Pick<
  UploadEntity,
  'id' | 'channel' | 'status' | 'reason' | 'statedMs'
> {
  receivedMs: number;
}

@Injectable()
export class UploadsRepository {
  constructor(@InjectRepository(UploadEntity) private readonly uploads: Repository<UploadEntity>) {}

  /** @returns false when the channel has another one. */
  async begin(upload: NewUpload): Promise<boolean> {
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
  arrived(id: string): Promise<boolean> {
    return this.set(`status = 'waiting', next_at = now()`, `id = $1 AND status = 'arriving'`, [id]);
  }

  async forget(id: string): Promise<void> {
    await this.uploads.delete({ id });
  }

  /**
   * The one that waited longest, or that nobody living hears; from here on it is the caller's.
   * @param holder of this hearing alone
   * @param mostBytes larger ones are left to others
   */
  async claim(holder: string, mostBytes: number): Promise<HeldUpload | null> {
    const [rows] = await this.uploads.query<[{ id: string }[], number]>(
      `UPDATE ingestion.uploads SET holder = $1, next_at = now() + ${LEASE}, status = 'hearing',
         reason = NULL, failures = failures + (status = 'hearing')::integer
       WHERE id = (
         SELECT id FROM ingestion.uploads
         WHERE file_kept AND status IN ('waiting', 'hearing') AND next_at <= now()
           AND bytes <= $2::bigint
         ORDER BY next_at LIMIT 1 FOR UPDATE SKIP LOCKED)
       RETURNING id`,
      [holder, mostBytes],
    );
    const found = rows[0] ? await this.uploads.findOneBy({ id: rows[0].id }) : null;
    return found && { ...found, holder };
  }

  /** Says that it is still being heard. @returns whether it is; else somebody stopped it, or another replica has it. */
  async renew({ id, holder }: HeldUpload): Promise<'held' | 'stopped' | 'lost'> {
    if (await this.set(`next_at = now() + ${LEASE}`, HELD, [id, holder])) return 'held';
    return (await this.uploads.existsBy({ id, status: 'stopped' })) ? 'stopped' : 'lost';
  }

  /** It is taken up again after a while. @param failed whether that is no fault that passes by itself */
  async later(
    { id, holder }: HeldUpload,
    { seconds, reason, failed }: { seconds: number; reason: string | null; failed: boolean },
  ): Promise<void> {
    await this.set(
      `status = 'waiting', next_at = now() + make_interval(secs => $3), reason = $4,
       failures = failures + $5`,
      HELD,
      [id, holder, seconds, reason, failed ? 1 : 0],
    );
  }

  /** @returns false when it was no longer this hearing's. */
  over(
    { id, holder }: HeldUpload,
    status: 'heard' | 'stopped' | 'failed',
    reason: string | null,
  ): Promise<boolean> {
    return this.set(`status = $3, reason = $4`, HELD, [id, holder, status, reason]);
  }

  /** @returns whether there was still something to stop. */
  async stop(id: string, manager: EntityManager): Promise<boolean> {
    const there = { id, status: In(['waiting', 'hearing']) };
    const { affected } = await manager.update(UploadEntity, there, {
      status: 'stopped',
      reason: null,
    });
    return affected === 1;
  }

  /** Those whose file is not needed any more. */
  needless(limit: number): Promise<Pick<UploadEntity, 'id' | 'meetingId' | 'status'>[]> {
    return this.uploads.query(
      `SELECT id, meeting_id AS "meetingId", status FROM ingestion.uploads
       WHERE file_kept AND (${IS_OVER} OR status = 'arriving' AND next_at <= now())
       ORDER BY next_at LIMIT $1`,
      [limit],
    );
  }

  /** Its file is gone; so is the row of one that never arrived. */
  async fileGone(id: string): Promise<void> {
    await this.uploads.delete({ id, status: 'arriving' });
    await this.uploads.update({ id }, { fileKept: false });
  }

  of(meetingId: string): Promise<UploadProgress[]> {
    return this.uploads.query<UploadProgress[]>(
      `SELECT u.id, u.channel, u.status, u.reason, u.stated_ms AS "statedMs",
         CASE WHEN c.sender_key = u.id::text THEN c.received_ms ELSE 0 END AS "receivedMs"
       FROM ingestion.uploads u
       LEFT JOIN ingestion.channels c ON c.meeting_id = u.meeting_id AND c.channel = u.channel
       WHERE u.meeting_id = $1 ORDER BY u.id`,
      [meetingId],
    );
  }

  private async set(change: string, where: string, values: unknown[]): Promise<boolean> {
    const [, changed] = await this.uploads.query<[unknown, number]>(
      `UPDATE ingestion.uploads SET ${change} WHERE ${where}`,
      values,
    );
    return changed === 1;
  }
}

const HELD = `id = $1 AND holder = $2 AND status = 'hearing'`;
