import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ApiRoute, type Page, pageOf, PageQuery } from '@parley/service';
import { Passage } from './passage.dto';
import { PassagesService } from './passages.service';

@ApiTags('documents')
@Controller('v1')
export class PassagesController {
  constructor(@Inject(PassagesService) private readonly passages: PassagesService) {}

  /** As they follow one another: the document's text, with the ids that citations name. */
  @ApiRoute({
    id: 'listPassages',
    summary: 'Read a document',
    returns: pageOf(Passage),
    problems: ['document-not-found'],
  })
  @Get('documents/:id/chunks')
  list(@Param('id') id: string, @Query() page: PageQuery): Promise<Page<Passage>> {
    return this.passages.list(id, page);
  }

  /** What a citation of type `chunk` names, and the document in which it stands. */
  @ApiRoute({
    id: 'getPassage',
    summary: 'Get a passage',
    returns: Passage,
    problems: ['document-not-found'],
  })
  @Get('chunks/:id')
  get(@Param('id') id: string): Promise<Passage> {
    return this.passages.get(id);
  }
}
