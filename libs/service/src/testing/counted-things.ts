import { randomUUID } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Param,
  ParseIntPipe,
  Post,
  Put,
  Query,
  Res,
  SetMetadata,
  UploadedFile,
} from '@nestjs/common';
import { FileInterceptor } from '@nestjs/platform-express';
import { ProblemError } from '@parley/contracts';
import { IdempotentUpload } from '@parley/idempotency';
import { IsString } from 'class-validator';
import type { Response } from 'express';
import { BodyLimit } from '../http/routes/route.decorators';
import { RateLimit } from '../limits/rate-limit.decorator';

class CreateThing {
  @IsString() name: string;
}

/** What happened, and what holds a handler up: shared by the replicas under test. */
export const effects: string[] = [];
export const gate = new EventEmitter();

@Controller('v1/things')
class ThingsController {
  @Post()
  create(@Body() { name }: CreateThing): object {
    effects.push(name);
    return { id: randomUUID(), name, at: new Date() };
  }

  @Post('slow')
  async slow(@Body() { name }: CreateThing): Promise<object> {
    effects.push(name);
    gate.emit('entered');
    await once(gate, 'go');
    return { id: randomUUID(), name };
  }

  @Post('large')
  large(@Body() { name }: CreateThing): object {
    effects.push(name);
    return { id: 'large-1', text: 'x'.repeat(70_000) };
  }

  @Post('decided')
  decided(): never {
    effects.push('decided');
    throw new ProblemError('conflict', `Decided ${randomUUID()}.`);
  }

  @Post('missing')
  missing(): never {
    effects.push('missing');
    throw new ProblemError('not-found', 'Not there yet.');
  }

  @Post('broken')
  broken(): never {
    effects.push('broken');
    throw new Error('broken');
  }

  @Post('stream')
  @SetMetadata('parley:streaming', true)
  stream(@Res() response: Response): void {
    effects.push('stream');
    response.type('text/event-stream').end('data: x\n\n');
  }

  @Post('by-hand')
  byHand(@Res() response: Response): void {
    effects.push('by-hand');
    response.status(202).location('/v1/things/1').end();
  }

  @Post('limited')
  @RateLimit({ name: 'once', perMinute: 1 })
  limited(): object {
    effects.push('limited');
    return {};
  }

  @Post('upload')
  @BodyLimit({ maxBytes: 1_000_000, mediaTypes: ['multipart/form-data'] })
  @IdempotentUpload(FileInterceptor('file'))
  upload(@UploadedFile() file: { size: number } | undefined, @Query('mode') mode: string): object {
    effects.push('upload');
    return { id: randomUUID(), size: file?.size, mode };
  }

  @Put(':id')
  replace(@Param('id', ParseIntPipe) id: number): object {
    effects.push(`put ${id}`);
    return { id: randomUUID() };
  }

  @Delete(':id')
  @HttpCode(204)
  remove(@Param('id') id: string): void {
    effects.push(`delete ${id}`);
  }

  @Get()
  list(): object {
    effects.push('list');
    return { items: [] };
  }
}

@Controller('v1/meetings')
class MeetingsController {
  @Post(':id/notes')
  note(@Param('id') id: string): object {
    effects.push(`note ${id}`);
    return { text: 'what was said' };
  }
}

export const CONTROLLERS = [ThingsController, MeetingsController];
