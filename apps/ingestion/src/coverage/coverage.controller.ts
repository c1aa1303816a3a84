import { Controller, Get, Inject, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Coverage } from '@parley/contracts';
import { CoverageService } from './coverage.service';

@ApiTags('coverage')
@Controller('v1/meetings/:id/coverage')
export class CoverageController {
  constructor(@Inject(CoverageService) private readonly coverage: CoverageService) {}

  @Get()
  get(@Param('id') id: string): Promise<Coverage> {
    return this.coverage.get(id);
  }
}
