import { Body, Controller, HttpCode, Inject, Param, Post, UploadedFile } from '@nestjs/common';
import { FileInterceptor } from '@nestjs/platform-express';
import { ApiConsumes, ApiTags } from '@nestjs/swagger';
import { IdempotentUpload } from '@parley/idempotency';
import {
  ApiRoute,
  BodyLimit,
  NeedsScope,
  PROCESSING,
  RateLimit,
  withoutNulls,
} from '@parley/service';
import { AddUtterances, CaptionsTaken, ImportCaptions, MOST_SUBTITLES_BYTES } from './caption.dto';
import { CaptionsService } from './captions.service';

@ApiTags('captions')
@Controller('v1/meetings/:id')
export class CaptionsController {
  constructor(@Inject(CaptionsService) private readonly captions: CaptionsService) {}

  /**
   * What others have heard, such as the captions of a call, while people talk: each becomes a segment. Send whole sentences;
   * under an id, what is sent again counts once, and other words correct it.
   */
  @ApiRoute({
    id: 'addUtterances',
    summary: 'Send what was said as text',
    returns: { 202: CaptionsTaken },
    problems: ['meeting-not-found', 'meeting-ended', 'conflict', 'at-capacity', 'gone'],
    example: { utterances: [{ id: '1', speaker: 'Ann', text: 'We ship on Friday.' }] },
  })
  @NeedsScope('capture')
  @Post('utterances')
  @HttpCode(202)
  add(@Param('id') id: string, @Body() input: AddUtterances): Promise<CaptionsTaken> {
    const { utterances, channel } = withoutNulls(input);
    return this.captions.add(id, utterances, channel);
  }

  /**
   * The transcript of a meeting that was held elsewhere: WebVTT or SubRip, as a multipart `file` or as JSON. Its times count from
   * the meeting's start. Importing it twice is the same as once.
   */
  @ApiRoute({
    id: 'importCaptions',
    summary: 'Import a file of captions',
    returns: { 202: CaptionsTaken },
    problems: ['meeting-not-found', 'meeting-ended', 'conflict', 'at-capacity', 'gone'],
    upload: { field: 'file', replaces: 'text', jsonRequires: ['text'] },
    example: { text: 'WEBVTT\n\n00:01.000 --> 00:03.000\n<v Ann>We ship on Friday.\n' },
  })
  @BodyLimit({
    maxBytes: MOST_SUBTITLES_BYTES,
    mediaTypes: ['multipart/form-data', 'application/json'],
    timeoutSeconds: 120,
  })
  @ApiConsumes('multipart/form-data', 'application/json')
  @NeedsScope('capture')
  @Post('captions')
  @HttpCode(202)
  @RateLimit(PROCESSING)
  @IdempotentUpload(FileInterceptor('file'))
  import(
    @Param('id') id: string,
    @UploadedFile() file: { buffer: Buffer } | undefined,
    @Body() input: ImportCaptions,
  ): Promise<CaptionsTaken> {
    const { text, channel } = withoutNulls(input);
    return this.captions.import(id, { file: file?.buffer, text }, channel);
  }
}
