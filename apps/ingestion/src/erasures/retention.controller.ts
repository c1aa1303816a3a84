import { Controller, Get, Inject } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { SETTINGS } from '@parley/config';
import { Nullable } from '@parley/contracts';
import { ApiRoute } from '@parley/service';
import { IsInt, Min } from 'class-validator';
import type { IngestionSettings } from '../ingestion.settings';

/** How long what is kept by itself. */
export class Retention {
  /** A meeting and all that came of it, in days from when it was made; null: until somebody erases it. */
  @Nullable() @IsInt() @Min(1) meetingDays: number | null;
}

@ApiTags('erasures')
@Controller('v1/retention')
export class RetentionController {
  constructor(
    @Inject(SETTINGS) private readonly settings: Pick<IngestionSettings, 'RETENTION_DAYS'>,
  ) {}

  /** As whoever runs this installation set it. */
  @ApiRoute({
    id: 'getRetention',
    summary: 'Say how long what is kept',
    returns: Retention,
  })
  @Get()
  read(): Retention {
    const { RETENTION_DAYS: days } = this.settings;
    return { meetingDays: days === 0 ? null : days };
  }
}
