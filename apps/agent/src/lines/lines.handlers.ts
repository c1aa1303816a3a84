import { Controller, Inject } from '@nestjs/common';
import { OnEvent } from '@parley/bus';
import type { Envelope } from '@parley/contracts';
import { UnitOfWork } from '@parley/database';
import { MeetingsRepository } from '../meetings/meetings.repository';
import { ExpiryService } from '../suggestions/expiry.service';
import { SuggestionsService } from '../suggestions/suggestions.service';
import { SummaryService } from '../summary/summary.service';
import { LinesRepository } from './lines.repository';

/** Listens to a meeting: keeps its lines, plans on each, and sums it up. */
@Controller()
export class LinesHandlers {
  constructor(
    @Inject(UnitOfWork) private readonly work: UnitOfWork,
    @Inject(LinesRepository) private readonly lines: LinesRepository,
    @Inject(MeetingsRepository) private readonly meetings: MeetingsRepository,
    @Inject(SuggestionsService) private readonly suggestions: SuggestionsService,
    @Inject(ExpiryService) private readonly expiry: ExpiryService,
    @Inject(SummaryService) private readonly summaries: SummaryService,
  ) {}

  @OnEvent('meeting.started')
  async onStarted(event: Envelope<'meeting.started'>): Promise<void> {
    if (event.meetingId) await this.meetings.started(event.meetingId, event);
  }

  @OnEvent('meeting.privacy-changed')
  async onPrivacyChanged(event: Envelope<'meeting.privacy-changed'>): Promise<void> {
    const { meetingId, workspaceId, data } = event;
    if (!meetingId || data.privacyMode !== 'notes-only') return;
    await this.meetings.becameNotesOnly(meetingId, workspaceId);
  }

  @OnEvent('insight.created')
  async onInsight(event: Envelope<'insight.created'>): Promise<void> {
    const { segment, insight } = event.data;
    // Kept, hence planned on: hours later rag, and the lines around it, would have it propose something else.
    if (await this.lines.has(segment)) {
      await this.summaries.finishWhenComplete(segment.meetingId);
      return;
    }
    await this.suggestions.planOn({ segment, insight }, event.workspaceId);
    // After the planning: the final summary waits for all lines, hence for the facts that answer them.
    await this.work.run(async ({ manager }) => {
      // At once: a line that is kept is not looked at again, and its correction would never be taken in.
      const replaced = await this.lines.save(manager, event.workspaceId, segment, insight);
      if (replaced) await this.meetings.corrected(manager, segment.meetingId);
    });
    await this.expiry.onLine({ segment, insight });
    await this.summaries.onLine(segment.meetingId);
  }

  @OnEvent('transcript.completed')
  async onCompleted(event: Envelope<'transcript.completed'>): Promise<void> {
    if (!event.meetingId) return;
    await this.meetings.completed(event.meetingId, event.data.channel, event.data.finals);
    await this.summaries.finishWhenComplete(event.meetingId);
  }

  @OnEvent('meeting.ended')
  async onEnded(event: Envelope<'meeting.ended'>): Promise<void> {
    if (!event.meetingId) return;
    await this.meetings.ended(event.meetingId, event);
    await this.summaries.finishWhenComplete(event.meetingId);
  }
}
