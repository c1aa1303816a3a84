import { Body, Controller, HttpCode, Inject, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Analysis } from '@parley/contracts';
import { AnalysesService } from './analyses.service';
import { CreateAnalysis } from './create-analysis';

@ApiTags('analyses')
@Controller('v1/analyses')
export class AnalysesController {
  constructor(@Inject(AnalysesService) private readonly analyses: AnalysesService) {}

  @Post()
  @HttpCode(200)
  analyse(@Body() input: CreateAnalysis): Analysis {
    return this.analyses.analyse(input);
  }
}
