import { Controller, Get, Inject, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { LinkedEntity } from '@parley/contracts';
import { ApiRoute, pageOf, type Page } from '@parley/service';
import { LinkedEntitiesService } from './linked-entities.service';

@ApiTags('insights')
@Controller('v1/meetings/:id/entities')
export class LinkedEntitiesController {
  constructor(@Inject(LinkedEntitiesService) private readonly linked: LinkedEntitiesService) {}

  /**
   * In the order in which they are first named. Where two could be meant ("Maria" of two Marias), a mention is of none.
   * Linked at each reading: while a meeting runs, a mention may be found to be of another, or of none.
   */
  @ApiRoute({
    id: 'listLinkedEntities',
    summary: 'List who and what is named in a meeting, with all mentions',
    returns: pageOf(LinkedEntity),
    problems: ['meeting-not-found', 'upstream-failed'],
  })
  @Get()
  list(@Param('id') id: string): Promise<Page<LinkedEntity>> {
    return this.linked.list(id);
  }
}
