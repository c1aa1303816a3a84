import { Controller, Get, Inject, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ApiRoute } from '@parley/service';
import { SegmentTrace } from './segment-trace.view';
import { TracesService } from './traces.service';

@ApiTags('timeline')
@Controller('v1/meetings/:id/traces')
export class TracesController {
  constructor(@Inject(TracesService) private readonly traces: TracesService) {}

  /**
   * From when its audio arrived to what a provider answered, as the services noted it, each by its own clock. What
   * nobody noted is `not-recorded`, and never worked out from other times.
   */
  @ApiRoute({
    id: 'getTrace',
    summary: 'How a segment came about, and what came of it',
    returns: SegmentTrace,
    problems: ['meeting-not-found', 'segment-not-found'],
  })
  @Get(':segmentId')
  get(@Param('id') id: string, @Param('segmentId') segmentId: string): Promise<SegmentTrace> {
    return this.traces.get(id, segmentId);
  }
}
