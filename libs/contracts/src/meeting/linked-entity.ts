import { Type } from 'class-transformer';
import { IsArray, IsIn, IsInt, IsOptional, IsString, Min, ValidateNested } from 'class-validator';
import { ENTITY_TYPES, type EntityType } from './insight';

/** One place where an entity is named. */
export class EntityMention {
  @IsString() segmentId: string;
  /** As spoken: `text.slice(start, end)` of the segment. */
  @IsString() text: string;
  @IsInt() @Min(0) start: number;
  @IsInt() @Min(0) end: number;
}

/** A person, organisation, place, date or amount of a meeting, with all places where it is named. */
export class LinkedEntity {
  /** The same for all mentions in the meeting; `refersTo` of its insights' entities. */
  @IsString() id: string;
  @IsIn(ENTITY_TYPES) type: EntityType;
  /** Its fullest name: of a participant the one that was given, else the longest that was spoken. */
  @IsString() name: string;
  /** Normalised, as that of its mentions; left out where they have none. */
  @IsOptional() @IsString() value?: string;
  @IsArray() @ValidateNested({ each: true }) @Type(() => EntityMention) mentions: EntityMention[];
}
