import { IsIn, IsInt, IsISO8601, IsOptional, IsString, Min } from 'class-validator';
import { TOPICS, type Topic } from '@parley/contracts';

/** A message that a service gave up on. What it holds, which people may have said, is not shown. */
export class DeadLetterView {
  /** `<topic>:<entry>`. */
  @IsString() id: string;
  @IsIn(TOPICS) topic: Topic;
  /** The service that gave up; others may have handled the message. */
  @IsString() service: string;
  /** Type of the event; absent where the message is no event. */
  @IsOptional() @IsString() type?: string;
  @IsOptional() @IsString() meetingId?: string;
  /** The request that caused the event, as logs name it. */
  @IsOptional() @IsString() requestId?: string;
  /** What failed, and where in the code. */
  @IsString() reason: string;
  /** How often it was tried. */
  @IsInt() @Min(1) deliveries: number;
  /** When it was given up. RFC 3339 UTC. */
  @IsISO8601() diedAt: string;
}

/** How many letters were handed back to their services. */
export class Replayed {
  @IsInt() @Min(0) replayed: number;
}
