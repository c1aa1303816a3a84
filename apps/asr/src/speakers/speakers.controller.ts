import { Body, Controller, Get, HttpCode, Inject, Param, Patch, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Speaker } from '@parley/contracts';
import { ApiRoute, NeedsScope, pageOf, type Page } from '@parley/service';
import { MeetingSpeaker, MergeSpeaker, RenameSpeaker } from './speaker.dto';
import { SpeakersService } from './speakers.service';

@ApiTags('speakers')
@Controller('v1/meetings/:id/speakers')
export class SpeakersController {
  constructor(@Inject(SpeakersService) private readonly speakers: SpeakersService) {}

  /**
   * Participants with a channel of their own, and the voices told apart on shared channels, in the order in which they
   * were first heard.
   */
  @ApiRoute({
    id: 'listSpeakers',
    summary: 'List who speaks',
    returns: pageOf(MeetingSpeaker),
    problems: ['meeting-not-found'],
  })
  @Get()
  list(@Param('id') id: string): Promise<Page<MeetingSpeaker>> {
    return this.speakers.list(id);
  }

  /** All that they said comes again in a new revision, and so do the insights and the summary made of it. */
  @ApiRoute({
    id: 'renameSpeaker',
    summary: 'Say who a speaker is',
    returns: Speaker,
    problems: ['meeting-not-found', 'speaker-not-found'],
    example: { name: 'Ann' },
  })
  @NeedsScope('capture')
  @Patch(':speakerId')
  rename(
    @Param('id') id: string,
    @Param('speakerId') speakerId: string,
    @Body() input: RenameSpeaker,
  ): Promise<Speaker> {
    return this.speakers.rename(id, speakerId, input);
  }

  /** One person was taken for two: all that was said, and will be, is the other speaker's. */
  @ApiRoute({
    id: 'mergeSpeaker',
    summary: 'Make two speakers one',
    returns: Speaker,
    problems: ['meeting-not-found', 'speaker-not-found', 'conflict'],
    example: { into: '0198c7a2-7d4e-7c7a-9b61-3f0f5a3c9f10' },
  })
  @NeedsScope('capture')
  @Post(':speakerId/merge')
  @HttpCode(200)
  merge(
    @Param('id') id: string,
    @Param('speakerId') speakerId: string,
    @Body() { into }: MergeSpeaker,
  ): Promise<Speaker> {
    return this.speakers.merge(id, speakerId, into);
  }
}
