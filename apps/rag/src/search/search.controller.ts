import { Body, Controller, HttpCode, Inject, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { SearchResults } from '@parley/contracts';
import { ApiRoute, NeedsScope, PROCESSING, RateLimit } from '@parley/service';
import { SearchRequest } from './search.dto';
import { SearchService } from './search.service';

@ApiTags('search')
@Controller('v1/search')
export class SearchController {
  constructor(@Inject(SearchService) private readonly service: SearchService) {}

  /**
   * Passages of documents and of meetings that have ended, best first, each with a citation and its scores. A
   * meeting is cited by what was said (`segment`), a document by its passage (`chunk`).
   */
  @ApiRoute({
    id: 'search',
    summary: 'Find passages',
    returns: SearchResults,
    example: { query: 'How long do refunds take?', limit: 3 },
  })
  @NeedsScope('read')
  @Post()
  @RateLimit(PROCESSING)
  @HttpCode(200)
  search(@Body() request: SearchRequest): Promise<SearchResults> {
    const { query, mode, limit, explain, sources, documentIds, meetingIds, from, to, tags } =
      request;
    const sourceIds =
      documentIds || meetingIds ? [...(documentIds ?? []), ...(meetingIds ?? [])] : undefined;
    const scope = { sourceIds, kinds: sources, from, to, tags };
    return this.service.search({ query, mode, limit, explain, scope });
  }
}
