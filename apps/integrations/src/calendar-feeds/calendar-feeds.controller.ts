import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Inject,
  Param,
  Post,
  Query,
} from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  ApiRoute,
  NeedsScope,
  pageOf,
  PageQuery,
  RateLimit,
  type Page,
  type RateLimitPolicy,
} from '@parley/service';
import { CalendarFeed, CreateCalendarFeed } from './calendar-feed.dto';
import { CalendarFeedsService } from './calendar-feeds.service';

/** Each is a call to the outside. */
const REFRESHES: RateLimitPolicy = { name: 'calendar-refreshes', perMinute: 10 };

@ApiTags('calendar feeds')
@NeedsScope('admin')
@Controller('v1/calendar-feeds')
export class CalendarFeedsController {
  constructor(@Inject(CalendarFeedsService) private readonly feeds: CalendarFeedsService) {}

  /**
   * From now on its meetings of the next CALENDAR_FEED_HORIZON_DAYS are planned (`GET /v1/planned-meetings` of ingestion),
   * with title, participants and time, and follow its changes. Of descriptions nothing is taken.
   */
  @ApiRoute({
    id: 'createCalendarFeed',
    summary: 'Plan meetings from a calendar',
    returns: CalendarFeed,
    problems: ['conflict', 'destination-refused'],
    example: { name: 'Team', url: 'https://calendar.example.com/private/team.ics' },
  })
  @Post()
  create(@Body() input: CreateCalendarFeed): Promise<CalendarFeed> {
    return this.feeds.create(input);
  }

  /** Oldest first. */
  @ApiRoute({
    id: 'listCalendarFeeds',
    summary: 'List calendar feeds',
    returns: pageOf(CalendarFeed),
  })
  @Get()
  list(@Query() page: PageQuery): Promise<Page<CalendarFeed>> {
    return this.feeds.list(page);
  }

  @ApiRoute({
    id: 'getCalendarFeed',
    summary: 'Get a calendar feed',
    returns: CalendarFeed,
    problems: ['calendar-feed-not-found'],
  })
  @Get(':id')
  get(@Param('id') id: string): Promise<CalendarFeed> {
    return this.feeds.get(id);
  }

  /** Now, without waiting for its time. Also a way to test it. */
  @ApiRoute({
    id: 'refreshCalendarFeed',
    summary: 'Look at a calendar feed',
    returns: CalendarFeed,
    problems: ['calendar-feed-not-found', 'calendar-unreadable'],
  })
  @RateLimit(REFRESHES)
  @Post(':id/refresh')
  @HttpCode(200)
  refresh(@Param('id') id: string): Promise<CalendarFeed> {
    return this.feeds.refresh(id);
  }

  /** What was planned from it is planned no more; meetings that were begun stay. */
  @ApiRoute({
    id: 'deleteCalendarFeed',
    summary: 'Remove a calendar feed',
    returns: null,
    problems: ['calendar-feed-not-found'],
  })
  @Delete(':id')
  @HttpCode(204)
  delete(@Param('id') id: string): Promise<void> {
    return this.feeds.delete(id);
  }
}
