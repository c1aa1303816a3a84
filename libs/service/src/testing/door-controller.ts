import { once } from 'node:events';
import {
  Body,
  Controller,
  Get,
  HttpCode,
  Inject,
  Param,
  Post,
  Query,
  Res,
  UploadedFile,
  UseInterceptors,
} from '@nestjs/common';
import { FileInterceptor } from '@nestjs/platform-express';
import { requestContext } from '@parley/observability';
import { IsOptional, IsString } from 'class-validator';
import type { Response } from 'express';
import { ServiceClient } from '../client/service-client';
import { PageQuery } from '../http/page.query';
import { AcceptsTicket, BodyLimit, NeedsScope, Streaming } from '../http/routes/route.decorators';

export const UPLOAD_BYTES = 50_000;
/** Far more than the kernel's buffers take for a reader that does not read. */
export const LARGE_BYTES = 64 * 1_048_576;

class Note {
  @IsOptional() @IsString() text?: string;
}

/** What the front door is tested in front of. */
@Controller('v1')
export class DoorController {
  /** Why the last slow work was stopped. */
  stoppedBy: unknown;

  constructor(@Inject(ServiceClient) private readonly services: ServiceClient) {}

  @Post('notes')
  @HttpCode(200)
  echo(@Body() note: Note): object {
    return { length: note.text?.length ?? null };
  }

  @Get('notes')
  list(@Query() page: PageQuery): object {
    return { limit: page.limit };
  }

  @Get('notes/:id')
  get(@Param('id') id: string): object {
    return { id };
  }

  @Get('whoami')
  whoami(): object {
    const { caller, workspaceId, requestId, traceparent, deadline } = requestContext();
    const hasTime = deadline !== null && deadline.remainingMs() > 0;
    return { caller, workspaceId, requestId, traceparent, hasTime };
  }

  @NeedsScope('nothing')
  @Get('open')
  open(): object {
    return this.whoami();
  }

  @Post('slow')
  async slow(): Promise<object> {
    const { signal } = requestContext().deadline ?? {};
    if (signal && !signal.aborted) await once(signal, 'abort');
    this.stoppedBy = signal?.reason;
    return { answered: 'too late' };
  }

  @Get('relay')
  relay(): Promise<object> {
    return this.services.request('nlu', 'GET', '/v1/anything');
  }

  @Get('broken')
  broken(): never {
    throw new Error('SELECT secrets FROM /home/somebody/.ssh');
  }

  @Get('large')
  large(@Res() response: Response): void {
    response.end(Buffer.alloc(LARGE_BYTES));
  }

  @Post('files')
  @BodyLimit({ maxBytes: UPLOAD_BYTES, mediaTypes: ['multipart/form-data'] })
  @UseInterceptors(FileInterceptor('file'))
  upload(@UploadedFile() file: { size: number } | undefined, @Body() note: Note): object {
    return { size: file?.size ?? null, text: note.text ?? null };
  }

  @Streaming()
  @AcceptsTicket('id')
  @Get('meetings/:id/events')
  stream(@Res() response: Response): void {
    const { caller, workspaceId, deadline } = requestContext();
    response.setHeader('content-type', 'text/event-stream');
    response.write(`data: ${JSON.stringify({ caller, workspaceId, deadline })}\n\n`);
  }
}
