import { Body, Controller, Get, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Meeting } from '@parley/contracts';
import { ApiRoute, NeedsScope, type Page, pageOf, PageQuery } from '@parley/service';
import { BeginPlannedMeeting, PlannedMeeting } from './planned-meeting.dto';
import { PlannedMeetingsService } from './planned-meetings.service';

@ApiTags('planned meetings')
@Controller('v1/planned-meetings')
export class PlannedMeetingsController {
  constructor(@Inject(PlannedMeetingsService) private readonly plans: PlannedMeetingsService) {}

  /** What the workspace's calendars hold, the next first; one that was begun is among the meetings. */
  @ApiRoute({
    id: 'listPlannedMeetings',
    summary: 'List planned meetings',
    returns: pageOf(PlannedMeeting),
  })
  @Get()
  list(@Query() page: PageQuery): Promise<Page<PlannedMeeting>> {
    return this.plans.list(page);
  }

  @ApiRoute({
    id: 'getPlannedMeeting',
    summary: 'Get a planned meeting',
    returns: PlannedMeeting,
    problems: ['planned-meeting-not-found'],
  })
  @Get(':id')
  get(@Param('id') id: string): Promise<PlannedMeeting> {
    return this.plans.get(id);
  }

  /**
   * Live at once, with the plan's title, participants, platform and time zone. From then on the calendar does not touch
   * it. Begun twice it is one meeting.
   */
  @ApiRoute({
    id: 'beginPlannedMeeting',
    summary: 'Begin a planned meeting',
    returns: Meeting,
    problems: [
      'planned-meeting-not-found',
      'meeting-not-found',
      'unsupported-language',
      'upstream-failed',
    ],
    example: { privacyMode: 'transcript' },
  })
  @NeedsScope('capture')
  @Post(':id/begin')
  begin(@Param('id') id: string, @Body() input: BeginPlannedMeeting): Promise<Meeting> {
    return this.plans.begin(id, input);
  }
}
