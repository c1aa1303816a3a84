import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CreateMeeting, Meeting } from '@parley/contracts';
import { ApiRoute, NeedsScope, type Page, pageOf, PageQuery } from '@parley/service';
import { MeetingsService } from './meetings.service';

@ApiTags('meetings')
@Controller('v1/meetings')
export class MeetingsController {
  constructor(@Inject(MeetingsService) private readonly meetings: MeetingsService) {}

  /**
   * Live at once: send its audio, follow its timeline. Without an engine for `language` it is refused
   * rather than garbled.
   */
  @ApiRoute({
    id: 'createMeeting',
    summary: 'Begin a meeting',
    returns: Meeting,
    problems: ['unsupported-language', 'upstream-failed'],
    example: { title: 'Planning', participants: [{ name: 'Ann', channel: 'ann' }] },
  })
  @NeedsScope('capture')
  @Post()
  create(@Body() input: CreateMeeting): Promise<Meeting> {
    return this.meetings.create(input);
  }

  /** Newest first. */
  @ApiRoute({ id: 'listMeetings', summary: 'List meetings', returns: pageOf(Meeting) })
  @Get()
  list(@Query() page: PageQuery): Promise<Page<Meeting>> {
    return this.meetings.list(page.limit, page.cursor);
  }

  @ApiRoute({
    id: 'getMeeting',
    summary: 'Get a meeting',
    returns: Meeting,
    problems: ['meeting-not-found'],
  })
  @Get(':id')
  get(@Param('id') id: string): Promise<Meeting> {
    return this.meetings.get(id);
  }

  /** For everybody; ending it twice is the same as once. The summary follows on the timeline. */
  @ApiRoute({
    id: 'endMeeting',
    summary: 'End a meeting',
    returns: Meeting,
    problems: ['meeting-not-found'],
  })
  @NeedsScope('capture')
  @Post(':id/end')
  @HttpCode(200)
  end(@Param('id') id: string): Promise<Meeting> {
    return this.meetings.end(id);
  }
}
