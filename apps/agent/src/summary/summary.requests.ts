import { SUMMARY_SECTIONS, type SummarySection } from '@parley/contracts';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Length,
  Matches,
  Min,
  ValidateNested,
} from 'class-validator';

const MOST_CHANGES = 100;
const DATE = /^\d{4}-\d{2}-\d{2}$/;

export class AddedLine {
  @IsIn(SUMMARY_SECTIONS) section: SummarySection;
  @IsString() @Length(1, 400) text: string;
  @IsOptional() @IsString() @Length(1, 100) owner?: string;
  /** `YYYY-MM-DD`. */
  @IsOptional() @Matches(DATE) dueDate?: string;
  /** Ids of segments of this meeting that say it; without any the line cites nothing. */
  @IsOptional() @IsArray() @ArrayMaxSize(8) @IsString({ each: true }) segments?: string[];
}

export class EditedLine {
  @IsString() @Length(1, 100) id: string;
  @IsOptional() @IsString() @Length(1, 400) text?: string;
  /** Empty: nobody. */
  @IsOptional() @IsString() @Length(0, 100) owner?: string;
  /** `YYYY-MM-DD`, or empty for none. */
  @IsOptional() @Matches(/^(?:\d{4}-\d{2}-\d{2})?$/) dueDate?: string;
  /** Of a task: whether it is done. */
  @IsOptional() @IsBoolean() done?: boolean;
  /** In place of the segments that the line cites. */
  @IsOptional() @IsArray() @ArrayMaxSize(8) @IsString({ each: true }) segments?: string[];
}

/** What a person changes in one version of a summary. */
export class EditSummary {
  /** The version that the person saw: when there is a newer one, nothing is changed. */
  @IsInt() @Min(1) version: number;
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(MOST_CHANGES)
  @ValidateNested({ each: true })
  @Type(() => EditedLine)
  edit?: EditedLine[];
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(MOST_CHANGES)
  @ValidateNested({ each: true })
  @Type(() => AddedLine)
  add?: AddedLine[];
  /** Ids of lines. They do not come back when the summary is made anew. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(MOST_CHANGES)
  @IsString({ each: true })
  remove?: string[];
}
