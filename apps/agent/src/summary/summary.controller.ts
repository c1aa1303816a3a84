import { Controller, Get, Inject, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Summary } from '@parley/contracts';
import { ApiRoute } from '@parley/service';
import { SummaryService } from './summary.service';

@ApiTags('summary')
@Controller('v1/meetings/:id/summary')
export class SummaryController {
  constructor(@Inject(SummaryService) private readonly summaries: SummaryService) {}

  /** The latest version; `not-found` until there is one. */
  @ApiRoute({
    id: 'getSummary',
    summary: 'Read the summary of a meeting',
    returns: Summary,
    problems: ['not-found'],
  })
  @Get()
  get(@Param('id') id: string): Promise<Summary> {
    return this.summaries.get(id);
  }
}
