import { IsArray, IsInt, IsString, Min } from 'class-validator';
import { Nullable } from '../values/nullable.decorator';

/** A stretch of a meeting that is about one subject. */
export class MeetingTopic {
  /** Where its first segment begins. */
  @IsInt() @Min(0) startMs: number;
  /** Where the next one begins; null for the last: it goes on to the end of what was said. */
  @Nullable() @IsInt() @Min(0) endMs: number | null;
  @IsString() firstSegmentId: string;
  @IsString() lastSegmentId: string;
  /** How many segments it has. */
  @IsInt() @Min(1) segments: number;
  /** Up to three phrases that are often said in it and seldom elsewhere, in lower case, the strongest first. */
  @IsArray() @IsString({ each: true }) phrases: string[];
}
