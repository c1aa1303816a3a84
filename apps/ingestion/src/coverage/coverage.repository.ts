import { Inject, Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { CoverageSpan } from '@parley/contracts';
import { Repository } from 'typeorm';
import { CoverageMetrics } from './coverage.metrics';
import { CoverageSpanEntity } from './coverage-span.entity';

type StoredSpan = Omit<CoverageSpanEntity, 'meetingId'>;

/** $1 meeting, $2 channel, $3 start, $4 end. What is known already counts none; two at once make two rows, which is as good. */
const PROLONG = `
  WITH before AS (
    SELECT start_ms, end_ms FROM ingestion.coverage_spans
    WHERE meeting_id = $1 AND channel = $2 AND state = 'silence' AND start_ms <= $3
    ORDER BY start_ms DESC LIMIT 1
  ), prolonged AS (
    UPDATE ingestion.coverage_spans AS span SET end_ms = $4 FROM before
    WHERE span.meeting_id = $1 AND span.channel = $2 AND span.state = 'silence'
      AND span.start_ms = before.start_ms AND span.end_ms = $3
    RETURNING 1
  ), inserted AS (
    INSERT INTO ingestion.coverage_spans (meeting_id, channel, start_ms, end_ms, state)
    SELECT $1::uuid, $2::text, $3::int, $4::int, 'silence'
    WHERE NOT EXISTS (SELECT FROM prolonged) AND NOT EXISTS (SELECT FROM before WHERE end_ms >= $4)
    ON CONFLICT DO NOTHING RETURNING 1
  )
  SELECT (SELECT count(*) FROM prolonged) + (SELECT count(*) FROM inserted) AS changed`;

@Injectable()
export class CoverageRepository {
  constructor(
    @InjectRepository(CoverageSpanEntity) private readonly spans: Repository<CoverageSpanEntity>,
    @Inject(CoverageMetrics) private readonly metrics: CoverageMetrics,
  ) {}

  /**
   * Adding the same spans twice changes nothing. Silence that goes on where some ended makes that longer: asr tells of it
   * every two seconds, and hours of quiet are one row.
   */
  async add(meetingId: string, channel: string, spans: CoverageSpan[]): Promise<void> {
    const some = spans.filter(({ startMs, endMs }) => endMs > startMs);
    const sounds = some.filter(({ state }) => state !== 'silence');
    const added = sounds.length > 0 ? await this.insert(meetingId, channel, sounds) : [];
    for (const silence of some.filter(({ state }) => state === 'silence')) {
      if (await this.prolong(meetingId, channel, silence)) added.push(silence);
    }
    this.metrics.covered(added);
  }

  /** How much of a channel is in this state. Unit: milliseconds. */
  async lengthOf(
    meetingId: string,
    channel: string,
    state: CoverageSpan['state'],
  ): Promise<number> {
    const spans = await this.spans.findBy({ meetingId, channel, state });
    return spans.reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0);
  }

  /** Plain rows: this is asked for with every span that comes. */
  of(meetingId: string): Promise<StoredSpan[]> {
    return this.spans
      .createQueryBuilder('span')
      .select(['channel', 'state', 'rule'])
      .addSelect('start_ms', 'startMs')
      .addSelect('end_ms', 'endMs')
      .where('meeting_id = :meetingId', { meetingId })
      .orderBy('channel')
      .addOrderBy('start_ms')
      .getRawMany<StoredSpan>();
  }

  private async insert(
    meetingId: string,
    channel: string,
    spans: CoverageSpan[],
  ): Promise<CoverageSpan[]> {
    const rows = spans.map((span) => ({ meetingId, channel, rule: null, ...span }));
    const insert = this.spans.createQueryBuilder().insert().values(rows).orIgnore();
    const result = await insert.returning(['channel', 'startMs', 'endMs', 'state']).execute();
    const added = result.raw as { start_ms: number; end_ms: number; state: CoverageSpan['state'] }[];
    return added.map(({ start_ms: startMs, end_ms: endMs, state }) => ({ startMs, endMs, state }));
  }

  /** @returns whether it was new */
  private async prolong(
    meetingId: string,
    channel: string,
    { startMs, endMs }: CoverageSpan,
  ): Promise<boolean> {
    const [found] = await this.spans.query<{ changed: number }[]>(PROLONG, [
      meetingId,
      channel,
      startMs,
      endMs,
    ]);
    return Number(found?.changed) > 0;
  }
}
