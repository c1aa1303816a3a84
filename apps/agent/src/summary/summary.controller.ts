import { Controller, Get, Inject, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Summary } from '@parley/contracts';
import { SummaryService } from './summary.service';

@ApiTags('summary')
@Controller('v1/meetings/:id/summary')
export class SummaryController {
  constructor(@Inject(SummaryService) private readonly summaries: SummaryService) {}

  @Get()
  get(@Param('id') id: string): Promise<Summary> {
    return this.summaries.get(id);
  }
}
