import { Body, Controller, HttpCode, Inject, Post, Res, type StreamableFile } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  ApiRoute,
  NeedsScope,
  PROCESSING,
  RateLimit,
  Streaming,
  sendCutOff,
} from '@parley/service';
import type { Response } from 'express';
import { MEDIA_TYPES } from './export-format';
import { PersonArchive } from './person-archive';
import { AskedPerson } from './person.dto';

@ApiTags('exports')
@Controller('v1/participants/export')
export class PersonsController {
  constructor(@Inject(PersonArchive) private readonly archives: PersonArchive) {}

  /**
   * As a ZIP archive, for every meeting of the workspace that the person took part in: what they said, their consents,
   * their tasks, and the audio of a channel that is theirs alone; last a manifest with the hash of each file. By e-mail
   * address, or by name: then everybody of that name is meant. In the body, so that no log of addresses has it.
   */
  @ApiRoute({
    id: 'exportParticipant',
    summary: 'Export everything about a participant',
    returns: null,
    binary: MEDIA_TYPES.zip,
    problems: ['participant-not-found', 'unavailable'],
    example: { email: 'ann@example.com' },
  })
  @Streaming()
  @NeedsScope('admin')
  @RateLimit(PROCESSING)
  @Post()
  @HttpCode(200)
  async export(
    @Body() person: AskedPerson,
    @Res({ passthrough: true }) response: Response,
  ): Promise<StreamableFile> {
    const archive = await this.archives.open(person);
    response.attachment('participant.zip').setHeader('Content-Type', MEDIA_TYPES.zip);
    return sendCutOff(response, archive);
  }
}
