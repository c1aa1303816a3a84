import { Controller, Get, Inject, Param, Query, Res, type StreamableFile } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ApiRoute, sendCutOff } from '@parley/service';
import type { Response } from 'express';
import { MEDIA_TYPES, type ExportFormat } from './export-format';
import { ExportQuery } from './export.query';
import { ExportsService } from './exports.service';
import { fileNameOf } from './file-name';
import { MeetingArchive } from './meeting-archive';
import { MeetingExport } from './meeting-export';
import { exportToMarkdown } from './to-markdown';
import { exportToSrt, exportToVtt } from './to-subtitles';

@ApiTags('exports')
@Controller('v1/meetings/:id/export')
export class ExportsController {
  constructor(
    @Inject(ExportsService) private readonly exports: ExportsService,
    @Inject(MeetingArchive) private readonly archives: MeetingArchive,
  ) {}

  /**
   * As a file: the summary, the transcript, what was suggested and done, and what became of the audio. A meeting
   * that goes on is exported as far as it got. Subtitles show where audio is missing, too. `zip` holds all of these, the
   * whole timeline, consents, for a key that allows `admin` what was decided, and a manifest with their hashes.
   */
  @ApiRoute({
    id: 'exportMeeting',
    summary: 'Export a meeting',
    returns: MeetingExport,
    alsoAs: ['text/markdown', 'text/vtt', 'application/x-subrip', 'application/zip'],
    problems: ['meeting-not-found', 'unavailable'],
  })
  @Get()
  async get(
    @Param('id') id: string,
    @Query() { format }: ExportQuery,
    @Res({ passthrough: true }) response: Response,
  ): Promise<MeetingExport | string | StreamableFile> {
    const record = await this.exports.get(id);
    const archive = format === 'zip' ? await this.archives.open(record) : null;
    response
      .attachment(fileNameOf(record.meeting, format))
      .setHeader('Content-Type', MEDIA_TYPES[format]);
    if (archive) return sendCutOff(response, archive);
    return inFormat(record, format);
  }
}

function inFormat(record: MeetingExport, format: ExportFormat): MeetingExport | string {
  switch (format) {
    case 'json':
    case 'zip':
      return record;
    case 'md':
      return exportToMarkdown(record);
    case 'vtt':
      return exportToVtt(record);
    case 'srt':
      return exportToSrt(record);
  }
}
