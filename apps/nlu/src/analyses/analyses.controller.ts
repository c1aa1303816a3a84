import { Body, Controller, HttpCode, Inject, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Analysis } from '@parley/contracts';
import { ApiRoute, NeedsScope, PROCESSING, RateLimit } from '@parley/service';
import { AnalysesService } from './analyses.service';
import { CreateAnalysis } from './create-analysis';

@ApiTags('analyses')
@Controller('v1/analyses')
export class AnalysesController {
  constructor(@Inject(AnalysesService) private readonly analyses: AnalysesService) {}

  /** Nothing is stored. */
  @ApiRoute({
    id: 'analyseText',
    summary: 'Find out what a text means',
    returns: Analysis,
    example: { text: 'Emma, can you send the offer by Friday?' },
  })
  @NeedsScope('read')
  @Post()
  @RateLimit(PROCESSING)
  @HttpCode(200)
  analyse(@Body() input: CreateAnalysis): Analysis {
    return this.analyses.analyse(input);
  }
}
