import { Controller, Get, Headers, Inject, Param, Query, Res } from '@nestjs/common';
import { ApiHeader, ApiQuery, ApiTags } from '@nestjs/swagger';
import { AcceptsTicket, ApiRoute, OPENING_A_FEED, RateLimit, Streaming } from '@parley/service';
import type { Response } from 'express';
import { EventStream } from './event-stream';
import { cursorOf } from './feeds.service';

const cursor = { required: false, schema: { type: 'string', pattern: '^\\d{1,15}$' } } as const;

@ApiTags('timeline')
@Controller('v1/meetings/:id/events')
export class TimelineController {
  constructor(@Inject(EventStream) private readonly stream: EventStream) {}

  /**
   * Server-sent events: `id:` is the cursor, `event:` the type, `data:` a TimelineEntry as JSON.
   * Begins with what has happened so far; `Last-Event-ID` (or `?after=`) resumes without a gap or a
   * repeat. Partial segments have no cursor and are not replayed. A comment line every few seconds
   * keeps the connection open; a reader that does not read is disconnected.
   */
  @ApiRoute({
    id: 'streamEvents',
    summary: 'Follow a meeting live',
    returns: null,
    streams: 'TimelineEntry',
    problems: ['meeting-not-found'],
  })
  @ApiHeader({ ...cursor, name: 'Last-Event-ID', description: 'The last cursor that was seen.' })
  @ApiQuery({ ...cursor, name: 'after', description: 'The same, for who cannot send headers.' })
  @Streaming()
  @AcceptsTicket('id')
  @Get()
  @RateLimit(OPENING_A_FEED)
  open(
    @Param('id') id: string,
    @Res() response: Response,
    @Headers('Last-Event-ID') lastEventId?: string,
    @Query('after') after?: string,
  ): Promise<void> {
    return this.stream.open(id, cursorOf(lastEventId ?? after, 'Last-Event-ID'), response);
  }
}
