import { TOPICS, type Topic } from '@parley/contracts';
import { PageQuery } from '@parley/service';
import { IsIn, IsOptional, IsString, Length } from 'class-validator';

/** Which letters. */
export class DeadLetterFilter {
  @IsOptional() @IsIn(TOPICS) topic?: Topic;
  /** The service that gave up. */
  @IsOptional() @IsString() @Length(1, 64) service?: string;
}

export class DeadLettersQuery extends PageQuery {
  @IsOptional() @IsIn(TOPICS) topic?: Topic;
  /** The service that gave up. */
  @IsOptional() @IsString() @Length(1, 64) service?: string;
}
