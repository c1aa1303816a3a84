import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Insight } from '@parley/contracts';
import { PageQuery, type Page } from '@parley/service';
import { InsightsService } from './insights.service';

@ApiTags('insights')
@Controller('v1/meetings/:id/insights')
export class InsightsController {
  constructor(@Inject(InsightsService) private readonly insights: InsightsService) {}

  @Get()
  list(@Param('id') id: string, @Query() page: PageQuery): Promise<Page<Insight>> {
    return this.insights.list(id, page.limit, page.cursor);
  }
}
