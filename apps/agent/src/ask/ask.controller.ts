import { Body, Controller, HttpCode, Inject, Param, Post, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ApiRoute, NeedsScope, PROCESSING, RateLimit, Streaming } from '@parley/service';
import type { Response } from 'express';
import { streamAnswer } from './answer-stream';
import { AskAnything, AskMeeting } from './ask.requests';
import { AskService } from './ask.service';

@ApiTags('ask')
@Controller('v1')
export class AskController {
  constructor(@Inject(AskService) private readonly asking: AskService) {}

  /**
   * Answers from what was said in the meeting so far. Server-sent events: `retrieved` (AnswerSources), then
   * for each sentence `token` (AnswerToken) and `citation` (AnswerCitation), at last `done` (Answer), or `error`
   * (a problem). Every sentence cites what supports it; `found` is false when nothing answers.
   */
  @ApiRoute({
    id: 'askMeeting',
    summary: 'Ask a meeting',
    returns: null,
    streams: 'AnswerEvent',
    problems: ['meeting-not-found'],
    example: { question: 'When is the launch?' },
  })
  @Streaming()
  @NeedsScope('read')
  @Post('meetings/:id/ask')
  @HttpCode(200)
  @RateLimit(PROCESSING)
  askMeeting(
    @Param('id') id: string,
    @Body() body: AskMeeting,
    @Res() response: Response,
  ): Promise<void> {
    const asked = { ...body, meetingIds: [id] };
    return streamAnswer(response, (signal) => this.asking.ask(asked, signal));
  }

  /** The same over a set of meetings, or over every document and meeting of the workspace. */
  @ApiRoute({
    id: 'ask',
    summary: 'Ask everything',
    returns: null,
    streams: 'AnswerEvent',
    problems: ['meeting-not-found', 'upstream-failed'],
    example: { question: 'What is the refund window for annual plans?' },
  })
  @Streaming()
  @NeedsScope('read')
  @Post('ask')
  @HttpCode(200)
  @RateLimit(PROCESSING)
  ask(@Body() body: AskAnything, @Res() response: Response): Promise<void> {
    return streamAnswer(response, (signal) => this.asking.ask(body, signal));
  }
}
