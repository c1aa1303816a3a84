import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { SegmentEntity } from './segment.entity';

/** Where a page ends. */
export interface Place {
  startMs: number;
  id: string;
}

@Injectable()
export class TranscriptRepository {
  constructor(
    @InjectRepository(SegmentEntity) private readonly segments: Repository<SegmentEntity>,
  ) {}

  /** In the order in which they were said. */
  page(meetingId: string, limit: number, after?: Place): Promise<SegmentEntity[]> {
    const query = this.segments
      .createQueryBuilder('segment')
      .where('segment.meetingId = :meetingId', { meetingId });
    if (after) query.andWhere('(segment.startMs, segment.id) > (:startMs, :id)', after);
    return query
      .orderBy('segment.startMs', 'ASC')
      .addOrderBy('segment.id', 'ASC')
      .take(limit)
      .getMany();
  }
}
