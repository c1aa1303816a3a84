import { Controller, Inject } from '@nestjs/common';
import { OnEvent } from '@parley/bus';
import type { Envelope } from '@parley/contracts';
import { MeetingIndexer } from './meeting-indexer';
import { MeetingsRepository } from './meetings.repository';

/** Keeps what is said in a meeting, and has it indexed once the meeting has ended. */
@Controller()
export class MeetingsHandlers {
  constructor(
    @Inject(MeetingsRepository) private readonly meetings: MeetingsRepository,
    @Inject(MeetingIndexer) private readonly indexer: MeetingIndexer,
  ) {}

  @OnEvent('meeting.started')
  async onStarted(event: Envelope<'meeting.started'>): Promise<void> {
    if (!event.meetingId) return;
    const { title, startedAt } = event.data;
    await this.meetings.started(event.meetingId, event.workspaceId, title, startedAt);
  }

  /** A correction after the end has its meeting indexed again, and so has a segment that comes late. */
  @OnEvent('transcript.final')
  async onFinal(event: Envelope<'transcript.final'>): Promise<void> {
    if (await this.meetings.keep(event.data.segment, event.workspaceId)) this.indexer.soon();
  }

  @OnEvent('meeting.ended')
  async onEnded(event: Envelope<'meeting.ended'>): Promise<void> {
    if (!event.meetingId) return;
    await this.meetings.ended(event.meetingId, event.workspaceId, event.data.endedAt);
    this.indexer.soon();
  }
}
