import { CHANNEL_PATTERN, Nullable } from '@parley/contracts';
import { FormBoolean } from '@parley/service';
import { Type } from 'class-transformer';
import {
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  IsUUID,
  Matches,
  Min,
  ValidateNested,
} from 'class-validator';
import { UPLOAD_STATUSES, type UploadStatus } from './upload.entity';

const [, ...SHOWN] = UPLOAD_STATUSES;

/** The parts of the form besides the file. */
export class UploadRecording {
  /** One of the meeting's that nothing came on yet; a participant's own makes it theirs. Default: `recording`, or
   * `recording-2` and so on. */
  @IsOptional() @Matches(CHANNEL_PATTERN) channel?: string;
  /** Ends the meeting once it has been heard. */
  @IsOptional() @FormBoolean() @IsBoolean() endMeeting?: boolean;
}

export class UploadedRecording {
  @IsUUID() id: string;
  @IsString() channel: string;
  /**
   * `waiting` for a place on asr, or for those before it; `stopped` by somebody, or by the end of the meeting: what was heard
   * until then stays.
   */
  @IsIn(SHOWN) status: (typeof SHOWN)[number];
  /** As the file says; null when only its end tells. */
  @Nullable() @IsInt() @Min(0) durationMs: number | null;
  /** So much of it is durable and on its way to the transcript. */
  @IsInt() @Min(0) receivedMs: number;
  /** Why it failed, or waits; what of a damaged file could not be heard. */
  @Nullable() @IsString() reason: string | null;
}

export class UploadedRecordings {
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => UploadedRecording)
  items: UploadedRecording[];
}

/** A file that is not there yet is somebody's who was told nothing. */
export function isShown(status: UploadStatus): status is UploadedRecording['status'] {
  return status !== 'arriving';
}
