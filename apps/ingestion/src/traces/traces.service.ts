import { Inject, Injectable } from '@nestjs/common';
import { ProblemError } from '@parley/contracts';
import { MeetingsService } from '../meetings/meetings.service';
import { assembleTrace } from './assemble-trace';
import type { SegmentTrace } from './segment-trace.view';
import { TracesRepository } from './traces.repository';

@Injectable()
export class TracesService {
  constructor(
    @Inject(MeetingsService) private readonly meetings: MeetingsService,
    @Inject(TracesRepository) private readonly traces: TracesRepository,
  ) {}

  /** @throws ProblemError `meeting-not-found`; `segment-not-found` for what was not said, or whose words are gone. */
  async get(meetingId: string, segmentId: string): Promise<SegmentTrace> {
    await this.meetings.require(meetingId);
    const trace = assembleTrace(await this.traces.about(meetingId, segmentId));
    if (!trace) {
      throw new ProblemError('segment-not-found', 'This meeting keeps no segment with this id.');
    }
    return trace;
  }
}
