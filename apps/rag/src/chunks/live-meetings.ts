import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { ChunkEntity } from './chunk.entity';

/** A meeting of which nobody said for so long that it ended was left behind, not held. */
const LONGEST_MEETING = `interval '12 hours'`;

/** Whether somebody is in a meeting now, whose audio goes first. */
@Injectable()
export class LiveMeetings {
  constructor(@InjectRepository(ChunkEntity) private readonly rows: Repository<ChunkEntity>) {}

  async any(): Promise<boolean> {
    const [row] = await this.rows.query<{ live: boolean }[]>(
      `SELECT EXISTS (SELECT 1 FROM rag.meetings
         WHERE ended_at IS NULL AND started_at > now() - ${LONGEST_MEETING}) AS live`,
    );
    return row?.live ?? false;
  }
}
