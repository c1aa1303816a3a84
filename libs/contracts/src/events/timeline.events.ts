import { IsInt, IsString, Min } from 'class-validator';

/** A meeting's timeline grew; what by, its reader fetches from ingestion: no content travels. */
export class TimelineAdded {
  @IsInt() @Min(1) cursor: number;
  /** A `TimelineType`. */
  @IsString() kind: string;
}
