import { Body, Controller, HttpCode, Inject, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { SearchResults } from '@parley/contracts';
import { SearchRequest } from './search.dto';
import { SearchService } from './search.service';

@ApiTags('search')
@Controller('v1/search')
export class SearchController {
  constructor(@Inject(SearchService) private readonly service: SearchService) {}

  @Post()
  @HttpCode(200)
  @ApiOperation({ summary: 'Passages for a question, best first, each with a citation.' })
  search(@Body() request: SearchRequest): Promise<SearchResults> {
    return this.service.search(request);
  }
}
