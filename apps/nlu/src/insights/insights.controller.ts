import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Insight } from '@parley/contracts';
import { ApiRoute, pageOf, PageQuery, type Page } from '@parley/service';
import { InsightsService } from './insights.service';

@ApiTags('insights')
@Controller('v1/meetings/:id/insights')
export class InsightsController {
  constructor(@Inject(InsightsService) private readonly insights: InsightsService) {}

  /** One for each final segment. */
  @ApiRoute({
    id: 'listInsights',
    summary: 'List what was found in a meeting',
    returns: pageOf(Insight),
    problems: ['meeting-not-found', 'upstream-failed'],
  })
  @Get()
  list(@Param('id') id: string, @Query() page: PageQuery): Promise<Page<Insight>> {
    return this.insights.list(id, page.limit, page.cursor);
  }
}
