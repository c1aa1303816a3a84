import { IsIn, IsInt, IsOptional, IsString, Min } from 'class-validator';

/** A segment or document chunk that supports a claim, with the words that do. */
export class Citation {
  @IsIn(['segment', 'chunk']) type: 'segment' | 'chunk';
  @IsString() id: string;
  @IsString() quote: string;
  /** Of a paged document, counted from 1. */
  @IsOptional() @IsInt() @Min(1) page?: number;
  /** Title of the document or meeting it stands in. */
  @IsOptional() @IsString() source?: string;
}
