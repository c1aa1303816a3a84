import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ApiRoute, PROCESSING, RateLimit } from '@parley/service';
import { Trends, TrendsQuery } from './trends.dto';
import { TrendsService } from './trends.service';

@ApiTags('meetings')
@Controller('v1/trends')
export class TrendsController {
  constructor(@Inject(TrendsService) private readonly trends: TrendsService) {}

  /** Talk time, questions, decisions and tasks: by week, by speaker, and of the newest meetings. */
  @ApiRoute({
    id: 'getTrends',
    summary: 'Read how meetings went over time',
    returns: Trends,
  })
  @RateLimit(PROCESSING)
  @Get()
  get(@Query() query: TrendsQuery): Promise<Trends> {
    return this.trends.get(query);
  }
}
