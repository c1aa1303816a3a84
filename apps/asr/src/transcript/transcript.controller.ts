import { Body, Controller, Get, Inject, Param, Patch, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Segment } from '@parley/contracts';
import { ApiRoute, NeedsScope, pageOf, PageQuery, type Page } from '@parley/service';
import { CorrectSegment } from './correct-segment.dto';
import { CorrectionsService } from './corrections.service';
import { TranscriptService } from './transcript.service';

@ApiTags('transcript')
@Controller('v1/meetings/:id/transcript')
export class TranscriptController {
  constructor(
    @Inject(TranscriptService) private readonly transcript: TranscriptService,
    @Inject(CorrectionsService) private readonly corrections: CorrectionsService,
  ) {}

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

  /**
   * What was misheard, or taken for somebody else's. The segment comes again in a new revision; insights and summary
   * follow.
   */
  @ApiRoute({
    id: 'correctSegment',
    summary: 'Correct a segment',
    returns: Segment,
    problems: ['meeting-not-found', 'segment-not-found', 'speaker-not-found'],
    example: { text: 'We ship on Friday.' },
  })
  @NeedsScope('capture')
  @Patch(':segmentId')
  correct(
    @Param('id') id: string,
    @Param('segmentId') segmentId: string,
    @Body() input: CorrectSegment,
  ): Promise<Segment> {
    return this.corrections.correct(id, segmentId, input);
  }
}
