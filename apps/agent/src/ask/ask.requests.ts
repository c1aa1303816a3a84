import { Transform, Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  ValidateNested,
} from 'class-validator';

/** A question that was asked before, and what was answered. */
export class EarlierAnswer {
  @IsString() @Length(1, 1_000) question: string;
  @IsString() @Length(1, 8_000) answer: string;
}

export class AskMeeting {
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.trim() : value))
  @IsString()
  @Length(1, 1_000)
  question: string;

  /** What the question follows up on, oldest first. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(6)
  @ValidateNested({ each: true })
  @Type(() => EarlierAnswer)
  history?: EarlierAnswer[];
}

export class AskAnything extends AskMeeting {
  /** Only these meetings. Default: every document and every meeting of the workspace. */
  @IsOptional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(10)
  @IsUUID('all', { each: true })
  meetingIds?: string[];
}
