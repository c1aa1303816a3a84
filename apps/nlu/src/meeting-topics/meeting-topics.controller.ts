import { Controller, Get, Inject, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { MeetingTopic } from '@parley/contracts';
import { ApiRoute, pageOf, type Page } from '@parley/service';
import { MeetingTopicsService } from './meeting-topics.service';

@ApiTags('insights')
@Controller('v1/meetings/:id/topics')
export class MeetingTopicsController {
  constructor(@Inject(MeetingTopicsService) private readonly topics: MeetingTopicsService) {}

  /**
   * One after another, from the first segment to the last, all of them in one page. A guess, and a coarse one: few topics,
   * whose beginnings are near where people hear them more often than not. Found at each reading from the phrases and names
   * in the insights: while a meeting runs, the last topic grows, and a later reading may divide what an earlier one did
   * not, or otherwise. None where nothing is known of what was said, as with notes only.
   */
  @ApiRoute({
    id: 'listMeetingTopics',
    summary: 'List the subjects of a meeting, and where it moved from one to another',
    returns: pageOf(MeetingTopic),
    problems: ['meeting-not-found', 'upstream-failed'],
  })
  @Get()
  list(@Param('id') id: string): Promise<Page<MeetingTopic>> {
    return this.topics.list(id);
  }
}
