import { Controller, Inject } from '@nestjs/common';
import { OnEvent } from '@parley/bus';
import type { Envelope } from '@parley/contracts';
import { prepareAnalysis } from '../analysis/analyse-text';
import { MeetingsService } from './meetings.service';

@Controller()
export class MeetingsHandlers {
  constructor(@Inject(MeetingsService) private readonly meetings: MeetingsService) {}

  @OnEvent('meeting.started')
  async onStarted(event: Envelope<'meeting.started'>): Promise<void> {
    if (!event.meetingId) return;
    const { title, participants, timeZone, startedAt } = event.data;
    await this.meetings.remember({
      id: event.meetingId,
      workspaceId: event.workspaceId,
      title,
      participants,
      timeZone,
      startedAt: new Date(startedAt),
    });
    prepareAnalysis();
  }
}
