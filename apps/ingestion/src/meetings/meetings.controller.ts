import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CreateMeeting, type Meeting } from '@parley/contracts';
import { PageQuery } from '@parley/service';
import { MeetingsService } from './meetings.service';

@ApiTags('meetings')
@Controller('v1/meetings')
export class MeetingsController {
  constructor(@Inject(MeetingsService) private readonly meetings: MeetingsService) {}

  @Post()
  create(@Body() input: CreateMeeting): Promise<Meeting> {
    return this.meetings.create(input);
  }

  @Get()
  list(@Query() page: PageQuery): Promise<{ items: Meeting[]; nextCursor: string | null }> {
    return this.meetings.list(page.limit, page.cursor);
  }

  @Get(':id')
  get(@Param('id') id: string): Promise<Meeting> {
    return this.meetings.get(id);
  }

  @Post(':id/end')
  @HttpCode(200)
  end(@Param('id') id: string): Promise<Meeting> {
    return this.meetings.end(id);
  }
}
