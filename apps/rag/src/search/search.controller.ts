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

  /** Passages, best first, each with a citation and its scores. */
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
    return this.service.search(request);
  }
}
