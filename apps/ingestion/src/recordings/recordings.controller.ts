import {
  Controller,
  Delete,
  Get,
  HttpCode,
  Inject,
  Param,
  Query,
  Res,
  type StreamableFile,
} from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ApiRoute, NeedsScope, sendCutOff } from '@parley/service';
import type { Response } from 'express';
import { Recording, RecordingQuery } from './recording.views';
import { RecordingAccess } from './recording-access.service';

@ApiTags('recordings')
@Controller('v1/meetings/:id/recording')
export class RecordingsController {
  constructor(@Inject(RecordingAccess) private readonly recordings: RecordingAccess) {}

  /**
   * As WAV (16 kHz, mono), at most ten minutes at a time, of a meeting that was made with `keepAudio`. What is not kept
   * in between is silent, so that times are those of the transcript. The last seconds of a meeting that goes on are not
   * there yet.
   */
  @ApiRoute({
    id: 'getRecording',
    summary: 'Hear a stretch of a channel',
    returns: null,
    binary: 'audio/wav',
    problems: ['meeting-not-found', 'recording-not-found', 'unavailable', 'gone'],
  })
  @Get()
  async get(
    @Param('id') id: string,
    @Query() query: RecordingQuery,
    @Res({ passthrough: true }) response: Response,
  ): Promise<StreamableFile> {
    const { bytes, content } = await this.recordings.open(id, query);
    return sendCutOff(response, content, { type: 'audio/wav', length: bytes });
  }

  @ApiRoute({
    id: 'listRecorded',
    summary: 'See what audio is kept of a meeting',
    returns: Recording,
    problems: ['meeting-not-found'],
  })
  @Get('spans')
  spans(@Param('id') id: string): Promise<Recording> {
    return this.recordings.spans(id);
  }

  /** For good, and from now on none is kept; the transcript stays. */
  @ApiRoute({
    id: 'eraseRecording',
    summary: 'Erase the audio of a meeting',
    returns: null,
    problems: ['meeting-not-found', 'unavailable'],
  })
  @NeedsScope('admin')
  @Delete()
  @HttpCode(204)
  erase(@Param('id') id: string): Promise<void> {
    return this.recordings.erase(id);
  }
}
