import { Inject, Injectable } from '@nestjs/common';
import type { Analysis, Intent, Segment } from '@parley/contracts';
import { logEvent } from '@parley/observability';
import { MAX_TEXT_LENGTH, readText } from '../analysis/analyse-text';
import { MeetingsService } from '../meetings/meetings.service';
import { CarriedRepository } from './carried.repository';
import { InsightMetrics } from './insight.metrics';
import { ReadingTurns } from './reading-turns';
import { carriedOn, intentsOf, LOOK_BACK, spokenBefore } from './spoken-before';

/** A segment as this service reads it by itself. */
export interface ReadSegment {
  /** As much of its text as is read. */
  text: string;
  analysis: Analysis;
  /** What was wanted by the utterances before it, oldest first. */
  before: Intent[];
}

/**
 * Reads what a segment means, together with what was said before it, and leaves at once to those after it what they need:
 * a model may still have to be asked, and the answer may be spoken meanwhile.
 */
@Injectable()
export class SegmentReader {
  private readonly turns = new ReadingTurns();

  constructor(
    @Inject(CarriedRepository) private readonly carried: CarriedRepository,
    @Inject(MeetingsService) private readonly meetings: MeetingsService,
    @Inject(InsightMetrics) private readonly metrics: InsightMetrics,
  ) {}

  /** @returns null when its meeting was erased meanwhile: nothing may be kept of it. */
  read(segment: Segment, workspaceId: string): Promise<ReadSegment | null> {
    return this.turns.run(segment, () => this.inTurn(segment, workspaceId));
  }

  private async inTurn(segment: Segment, workspaceId: string): Promise<ReadSegment | null> {
    const meeting = await this.meetings.find(workspaceId, segment.meetingId);
    if (!meeting) {
      logEvent('segment.of-no-meeting', { meetingId: segment.meetingId, segmentId: segment.id });
      return null;
    }
    const text = bounded(segment);
    const kept = await this.carried.before(segment, LOOK_BACK);
    const startedAt = performance.now();
    const { analysis, carried } = readText(text, {
      at: new Date(meeting.startedAt.getTime() + segment.startMs),
      timeZone: meeting.timeZone,
      participants: meeting.participants,
      before: spokenBefore(kept, segment),
    });
    this.metrics.analysed((performance.now() - startedAt) / 1_000);
    await this.carried.put(segment, workspaceId, carriedOn(carried, segment));
    return { text, analysis, before: intentsOf(kept) };
  }
}

function bounded({ id, meetingId, text }: Segment): string {
  if (text.length > MAX_TEXT_LENGTH) {
    logEvent('segment.cut', { meetingId, segmentId: id, characters: text.length });
  }
  return text.slice(0, MAX_TEXT_LENGTH);
}
