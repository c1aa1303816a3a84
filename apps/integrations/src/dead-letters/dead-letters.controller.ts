import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Inject,
  Param,
  Post,
  Query,
} from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ApiRoute, NeedsScope, type Page, pageOf } from '@parley/service';
import { DeadLetterView, Replayed } from './dead-letter.view';
import { DeadLetterFilter, DeadLettersQuery } from './dead-letters.query';
import { DeadLettersService } from './dead-letters.service';

@ApiTags('dead letters')
@NeedsScope('admin')
@Controller('v1/dead-letters')
export class DeadLettersController {
  constructor(@Inject(DeadLettersService) private readonly letters: DeadLettersService) {}

  /** Newest first, of all services: those of the own workspace; to the operator, of all. */
  @ApiRoute({
    id: 'listDeadLetters',
    summary: 'List what services gave up on',
    returns: pageOf(DeadLetterView),
  })
  @Get()
  list(@Query() query: DeadLettersQuery): Promise<Page<DeadLetterView>> {
    return this.letters.list(query);
  }

  /** Up to 1,000 in one go, oldest first; those that fail again come back as new letters. */
  @ApiRoute({
    id: 'replayDeadLetters',
    summary: 'Hand dead letters back',
    returns: Replayed,
    example: { service: 'nlu' },
  })
  @Post('replay')
  @HttpCode(202)
  async replayAll(@Body() filter: DeadLetterFilter = {}): Promise<Replayed> {
    return { replayed: await this.letters.replayAll(filter) };
  }

  /** To the service that gave it up, and to no other. It leaves the list; should it fail again it comes back. */
  @ApiRoute({
    id: 'replayDeadLetter',
    summary: 'Hand a dead letter back',
    returns: DeadLetterView,
    problems: ['dead-letter-not-found'],
  })
  @Post(':letter/replay')
  @HttpCode(202)
  replay(@Param('letter') letter: string): Promise<DeadLetterView> {
    return this.letters.replay(letter);
  }

  @ApiRoute({
    id: 'discardDeadLetter',
    summary: 'Throw a dead letter away',
    returns: null,
    problems: ['dead-letter-not-found'],
  })
  @Delete(':letter')
  @HttpCode(204)
  discard(@Param('letter') letter: string): Promise<void> {
    return this.letters.discard(letter);
  }
}
