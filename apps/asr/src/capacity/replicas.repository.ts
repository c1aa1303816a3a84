import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';

/** What all replicas that live can do together, and do. */
export interface Together {
  replicas: number;
  meetings: number;
  capacity: number;
}

interface Replica {
  id: string;
  meetings: number;
  capacity: number;
}

const TOTALS = `count(*)::int AS replicas, coalesce(sum(meetings), 0)::int AS meetings,
  coalesce(sum(capacity), 0)::int AS capacity`;

/** What each replica last said of itself. All times are the database's. */
@Injectable()
export class ReplicasRepository {
  constructor(@InjectDataSource() private readonly database: DataSource) {}

  /** Notes what this one does and can do. Rows of the dead go after an hour. */
  async report({ id, meetings, capacity }: Replica): Promise<void> {
    await this.database.query(
      `WITH dead AS (DELETE FROM asr.replicas WHERE seen_at < now() - interval '1 hour')
       INSERT INTO asr.replicas (id, meetings, capacity, seen_at) VALUES ($1, $2, $3, now())
       ON CONFLICT (id) DO UPDATE SET meetings = excluded.meetings,
         capacity = excluded.capacity, seen_at = excluded.seen_at`,
      [id, meetings, capacity],
    );
  }

  /** Of those who said something in the last `seconds`. */
  async together(seconds: number): Promise<Together> {
    const [totals] = await this.database.query<Together[]>(
      `SELECT ${TOTALS} FROM asr.replicas WHERE seen_at > now() - make_interval(secs => $1)`,
      [seconds],
    );
    return totals ?? { replicas: 0, meetings: 0, capacity: 0 };
  }

  async leave(id: string): Promise<void> {
    await this.database.query(`DELETE FROM asr.replicas WHERE id = $1`, [id]);
  }
}
