import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Segment } from '@parley/contracts';
import { ApiRoute, pageOf, PageQuery, type Page } from '@parley/service';
import { TranscriptService } from './transcript.service';

@ApiTags('transcript')
@Controller('v1/meetings/:id/transcript')
export class TranscriptController {
  constructor(@Inject(TranscriptService) private readonly transcript: TranscriptService) {}

  /** The final segments in the order in which they were said. */
  @ApiRoute({
    id: 'getTranscript',
    summary: 'Read the transcript',
    returns: pageOf(Segment),
    problems: ['meeting-not-found'],
  })
  @Get()
  page(@Param('id') id: string, @Query() query: PageQuery): Promise<Page<Segment>> {
    return this.transcript.page(id, query);
  }
}
