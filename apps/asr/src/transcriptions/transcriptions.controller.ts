import {
  Body,
  Controller,
  Headers,
  HttpCode,
  Inject,
  Post,
  Res,
  StreamableFile,
  UploadedFile,
  UseFilters,
} from '@nestjs/common';
import { FileInterceptor } from '@nestjs/platform-express';
import { ApiConsumes, ApiTags } from '@nestjs/swagger';
import { ProblemError } from '@parley/contracts';
import { IdempotentUpload } from '@parley/idempotency';
import {
  ApiRoute,
  BodyLimit,
  NeedsScope,
  PROCESSING,
  RateLimit,
  requestContext,
} from '@parley/service';
import type { Response } from 'express';
import { promptTerms } from './prompt-terms';
import { OpenAiProblemFilter } from './openai-problem.filter';
import type { SpokenSegment } from './recording-transcriber';
import { answerIn } from './transcription-answer';
import { transcriptionStream } from './transcription-stream';
import { TranscriptionRequest, type ResponseFormat } from './transcription.request';
import { TranscriptionView } from './transcription.view';
import { TranscriptionsService } from './transcriptions.service';

/** The parts of a form besides the file. */
const FORM_BYTES = 65_536;
/** What OpenAI's own clients wait for. */
const LONGEST_SECONDS = 600;

@ApiTags('transcriptions')
@UseFilters(OpenAiProblemFilter)
@Controller('v1/audio/transcriptions')
export class TranscriptionsController {
  constructor(
    @Inject(TranscriptionsService) private readonly transcriptions: TranscriptionsService,
  ) {}

  /**
   * As OpenAI's `POST /v1/audio/transcriptions`: its clients work with `/v1` of this service as their base URL.
   * WAV, MP3, OGG/Opus, WebM (Opus), and M4A where the machine has ffmpeg. Nothing of it is stored. Live
   * meetings go first.
   */
  @ApiRoute({
    id: 'createTranscription',
    summary: 'Transcribe a recording',
    returns: TranscriptionView,
    alsoAs: ['text/plain', 'application/x-subrip', 'text/vtt', 'text/event-stream'],
    problems: ['unsupported-audio', 'unsupported-language', 'upstream-failed'],
    upload: { field: 'file' },
  })
  @BodyLimit({
    maxBytes: { setting: 'ASR_MAX_UPLOAD_BYTES', plus: FORM_BYTES },
    mediaTypes: ['multipart/form-data'],
    timeoutSeconds: LONGEST_SECONDS,
  })
  @ApiConsumes('multipart/form-data')
  @NeedsScope('capture')
  @Post()
  @HttpCode(200)
  @RateLimit(PROCESSING)
  @IdempotentUpload(FileInterceptor('file'))
  async create(
    @UploadedFile() file: { buffer: Buffer } | undefined,
    @Body() input: TranscriptionRequest,
    @Headers('idempotency-key') key: string | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<TranscriptionView | string | StreamableFile> {
    if (!file) throw new ProblemError('validation-failed', 'Send the recording as "file".');
    const { language = 'en', response_format: format = 'json', stream = false } = input;
    if (stream) assertCanStream(format, key);
    const signal = endOf(response);
    const vocabulary = promptTerms(input.prompt ?? '');
    const hearing = await this.transcriptions.hear(file.buffer, { language, vocabulary, signal });
    if (stream) {
      const type = 'text/event-stream; charset=utf-8';
      response.setHeader('cache-control', 'no-store');
      return new StreamableFile(transcriptionStream(hearing), { type });
    }
    const segments: SpokenSegment[] = [];
    for await (const segment of hearing.segments) segments.push(segment);
    const { durationMs } = hearing;
    const granularities = input.timestamp_granularities ?? ['segment'];
    const answer = answerIn(format, { segments, durationMs, language }, granularities);
    if (!('contentType' in answer)) return answer;
    response.setHeader('content-type', answer.contentType);
    return answer.text;
  }
}

/** Fires when the caller has gone or the time is up. */
function endOf(response: Response): AbortSignal {
  const gone = new AbortController();
  response.once('close', () => {
    gone.abort();
  });
  const { deadline } = requestContext();
  return deadline ? AbortSignal.any([gone.signal, deadline.signal]) : gone.signal;
}

function assertCanStream(format: ResponseFormat, idempotencyKey: string | undefined): void {
  if (format !== 'json' && format !== 'text') {
    throw new ProblemError('validation-failed', `A ${format} answer cannot be streamed.`);
  }
  if (idempotencyKey !== undefined) {
    throw new ProblemError('validation-failed', 'A stream cannot be given again: send no key.');
  }
}
