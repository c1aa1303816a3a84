import { Controller, Get, Inject } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { BLOBS, type Blobs } from '@parley/blobs';
import { SETTINGS } from '@parley/config';
import { Nullable } from '@parley/contracts';
import { ApiRoute } from '@parley/service';
import { IsInt, Min } from 'class-validator';
import type { IngestionSettings } from '../ingestion.settings';

/** How long what is kept by itself. */
export class Retention {
  /** A meeting and all that came of it, in days from when it was made; null: until somebody erases it. */
  @Nullable() @IsInt() @Min(1) meetingDays: number | null;
  /** The audio of a meeting that keeps it, in days from when the meeting was made; 0: as long as the meeting, null: there is no place for audio. */
  @Nullable() @IsInt() @Min(0) recordingDays: number | null;
}

@ApiTags('erasures')
@Controller('v1/retention')
export class RetentionController {
  constructor(
    @Inject(SETTINGS)
    private readonly settings: Pick<
      IngestionSettings,
      'RETENTION_DAYS' | 'RECORDING_RETENTION_DAYS'
    >,
    @Inject(BLOBS) private readonly blobs: Blobs | null,
  ) {}

  /** As whoever runs this installation set it. */
  @ApiRoute({
    id: 'getRetention',
    summary: 'Say how long what is kept',
    returns: Retention,
  })
  @Get()
  read(): Retention {
    const { RETENTION_DAYS: days, RECORDING_RETENTION_DAYS: recordingDays } = this.settings;
    return {
      meetingDays: days === 0 ? null : days,
      recordingDays: this.blobs ? recordingDays : null,
    };
  }
}
