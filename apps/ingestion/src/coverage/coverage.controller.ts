import { Controller, Get, Inject, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Coverage } from '@parley/contracts';
import { ApiRoute } from '@parley/service';
import { CoverageService } from './coverage.service';

@ApiTags('coverage')
@Controller('v1/meetings/:id/coverage')
export class CoverageController {
  constructor(@Inject(CoverageService) private readonly coverage: CoverageService) {}

  /** The parts add up to `totalMs`, which is what was received. */
  @ApiRoute({
    id: 'getCoverage',
    summary: 'What became of every millisecond of audio',
    returns: Coverage,
    problems: ['meeting-not-found'],
  })
  @Get()
  get(@Param('id') id: string): Promise<Coverage> {
    return this.coverage.get(id);
  }
}
