import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Inject,
  Param,
  Post,
  UploadedFile,
  UseInterceptors,
} from '@nestjs/common';
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
import { UploadPlaces } from './upload-places.interceptor';
import { UploadedRecording, UploadedRecordings, UploadRecording } from './upload.views';
import { UploadsService } from './uploads.service';

/** The parts of a form besides the file. */
const FORM_BYTES = 65_536;
const LONGEST_SECONDS = 600;

@ApiTags('recordings')
@Controller('v1/meetings/:id/recordings')
export class UploadsController {
  constructor(@Inject(UploadsService) private readonly uploads: UploadsService) {}

  /**
   * WAV, MP3, OGG/Opus, WebM (Opus), and M4A where the machine has ffmpeg, up to three hours. It is heard as fast as asr can,
   * on a channel of its own, and becomes segments as live audio does; times count from the meeting's start. The file is
   * kept, sealed, until then; the audio only where the meeting keeps it. A replica that dies leaves off where another goes on.
   */
  @ApiRoute({
    id: 'uploadRecording',
    summary: 'Have a recording heard',
    returns: { 202: UploadedRecording },
    problems: [
      'meeting-not-found',
      'meeting-ended',
      'conflict',
      'unsupported-audio',
      'at-capacity',
      'no-place-for-audio',
      'unavailable',
      'gone',
    ],
    upload: { field: 'file' },
  })
  @BodyLimit({
    maxBytes: { setting: 'RECORDING_MAX_UPLOAD_BYTES', plus: FORM_BYTES },
    mediaTypes: ['multipart/form-data'],
    timeoutSeconds: LONGEST_SECONDS,
  })
  @ApiConsumes('multipart/form-data')
  @NeedsScope('capture')
  @Post()
  @HttpCode(202)
  @RateLimit(PROCESSING)
  @IdempotentUpload(FileInterceptor('file'))
  @UseInterceptors(UploadPlaces)
  upload(
    @Param('id') id: string,
    @UploadedFile() file: { buffer: Buffer } | undefined,
    @Body() input: UploadRecording,
  ): Promise<UploadedRecording> {
    return this.uploads.take(id, file?.buffer, withoutNulls(input));
  }

  @ApiRoute({
    id: 'listUploadedRecordings',
    summary: 'See how far uploaded recordings have been heard',
    returns: UploadedRecordings,
    problems: ['meeting-not-found'],
  })
  @Get()
  async list(@Param('id') id: string): Promise<UploadedRecordings> {
    return { items: await this.uploads.list(id) };
  }

  @ApiRoute({
    id: 'getUploadedRecording',
    summary: 'See how far an uploaded recording has been heard',
    returns: UploadedRecording,
    problems: ['meeting-not-found', 'recording-not-found'],
  })
  @Get(':recordingId')
  get(
    @Param('id') id: string,
    @Param('recordingId') recordingId: string,
  ): Promise<UploadedRecording> {
    return this.uploads.get(id, recordingId);
  }

  /** What was heard of it until then stays. */
  @ApiRoute({
    id: 'stopUploadedRecording',
    summary: 'Stop hearing an uploaded recording',
    returns: UploadedRecording,
    problems: ['meeting-not-found', 'recording-not-found'],
  })
  @NeedsScope('capture')
  @Delete(':recordingId')
  stop(
    @Param('id') id: string,
    @Param('recordingId') recordingId: string,
  ): Promise<UploadedRecording> {
    return this.uploads.stop(id, recordingId);
  }
}
