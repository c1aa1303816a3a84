import { Controller, Inject } from '@nestjs/common';
import { OnEvent } from '@parley/bus';
import type { Envelope } from '@parley/contracts';
import { PlannedMeetingsRepository } from './planned-meetings.repository';

/** What calendars say may come late, twice and in any order: the revision tells which word is the last. */
@Controller()
export class CalendarHandlers {
  constructor(
    @Inject(PlannedMeetingsRepository) private readonly plans: PlannedMeetingsRepository,
  ) {}

  @OnEvent('calendar.planned')
  async onPlanned({ workspaceId, data }: Envelope<'calendar.planned'>): Promise<void> {
    await this.plans.plan(workspaceId, data);
  }

  @OnEvent('calendar.cancelled')
  async onCancelled({ workspaceId, data }: Envelope<'calendar.cancelled'>): Promise<void> {
    await this.plans.cancel(workspaceId, data);
  }
}
