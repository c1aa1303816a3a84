import { Controller, Delete, Get, HttpCode, Inject, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ApiRoute, NeedsScope, pageOf, PageQuery, type Page } from '@parley/service';
import { Erasure } from './erasure.views';
import { ErasuresService } from './erasures.service';

@ApiTags('erasures')
@Controller('v1')
export class ErasuresController {
  constructor(@Inject(ErasuresService) private readonly erasures: ErasuresService) {}

  /**
   * For good: from now on nobody finds it here, and within seconds no service, queue or file holds anything of it.
   * The answer is the receipt, which is complete once every service has said so: see `GET /v1/erasures/{id}`. What
   * was delivered to others stays with them.
   */
  @ApiRoute({
    id: 'eraseMeeting',
    summary: 'Erase a meeting',
    returns: Erasure,
    problems: ['meeting-not-found', 'unavailable'],
  })
  @NeedsScope('admin')
  @Delete('meetings/:id')
  @HttpCode(202)
  erase(@Param('id') id: string): Promise<Erasure> {
    return this.erasures.erase(id);
  }

  /** Newest first. */
  @ApiRoute({ id: 'listErasures', summary: 'List erasures', returns: pageOf(Erasure) })
  @Get('erasures')
  list(@Query() page: PageQuery): Promise<Page<Erasure>> {
    return this.erasures.list(page.limit, page.cursor);
  }

  /** What was erased where, signed once it is complete. It holds counts, and nothing that anybody said. */
  @ApiRoute({
    id: 'getErasure',
    summary: 'Get the receipt of an erasure',
    returns: Erasure,
    problems: ['erasure-not-found'],
  })
  @Get('erasures/:id')
  get(@Param('id') id: string): Promise<Erasure> {
    return this.erasures.get(id);
  }
}
