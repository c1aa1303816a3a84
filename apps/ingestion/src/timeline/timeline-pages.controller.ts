import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ApiRoute, pageOf, PageQuery, type Page } from '@parley/service';
import { PastEntry } from './past-entry.view';
import { TimelineService } from './timeline.service';

@ApiTags('timeline')
@Controller('v1/meetings/:id/timeline')
export class TimelinePagesController {
  constructor(@Inject(TimelineService) private readonly timeline: TimelineService) {}

  /** Oldest first, for who wants to catch up without a feed: `cursor` is the last cursor that was seen. */
  @ApiRoute({
    id: 'listTimeline',
    summary: 'Read what happened so far',
    returns: pageOf(PastEntry),
    problems: ['meeting-not-found'],
  })
  @Get()
  list(@Param('id') id: string, @Query() page: PageQuery): Promise<Page<PastEntry>> {
    return this.timeline.page(id, page);
  }
}
