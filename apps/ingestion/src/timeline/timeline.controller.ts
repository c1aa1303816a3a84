import { Controller, Get, Headers, Inject, Param, Query, Res } from '@nestjs/common';
import { ApiProduces, ApiTags } from '@nestjs/swagger';
import { ProblemError } from '@parley/contracts';
import type { Response } from 'express';
import { EventStream } from './event-stream';

@ApiTags('timeline')
@Controller('v1/meetings/:id/events')
export class TimelineController {
  constructor(@Inject(EventStream) private readonly stream: EventStream) {}

  /** The meeting's timeline as server-sent events; `Last-Event-ID` (or `?after=`) resumes without a gap. */
  @Get()
  @ApiProduces('text/event-stream')
  open(
    @Param('id') id: string,
    @Res() response: Response,
    @Headers('last-event-id') lastEventId?: string,
    @Query('after') after?: string,
  ): Promise<void> {
    return this.stream.open(id, cursorOf(lastEventId ?? after), response);
  }
}

function cursorOf(text: string | undefined): number {
  if (text === undefined || text === '') return 0;
  if (!/^\d{1,15}$/.test(text)) {
    throw new ProblemError('validation-failed', 'Last-Event-ID must be a cursor of this timeline.');
  }
  return Number(text);
}
