import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ApiRoute } from '@parley/service';
import { Acceptance, AcceptanceQuery } from './acceptance.dto';
import { AcceptanceService } from './acceptance.service';

@ApiTags('suggestions')
@Controller('v1/acceptance')
export class AcceptanceController {
  constructor(@Inject(AcceptanceService) private readonly acceptance: AcceptanceService) {}

  /** Of what was decided in the period, by kind; what nobody has decided yet is not counted. */
  @ApiRoute({
    id: 'getAcceptance',
    summary: 'Read how many suggestions people took',
    returns: Acceptance,
  })
  @Get()
  get(@Query() query: AcceptanceQuery): Promise<Acceptance> {
    return this.acceptance.get(query);
  }
}
