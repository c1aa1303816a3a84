import { IsIn, IsInt, IsOptional, Min } from 'class-validator';

const LISTENING_STATES = ['waiting', 'listening'] as const;

/** Whether a meeting's audio is listened to; told when it has to wait for that, and when it need not any more. */
export class Listening {
  @IsIn(LISTENING_STATES) state: (typeof LISTENING_STATES)[number];
  /** While it waits: meetings that are listened to, by all replicas together. */
  @IsOptional() @IsInt() @Min(0) meetings?: number;
  /** While it waits: how many that can be at most, as measured. */
  @IsOptional() @IsInt() @Min(0) capacity?: number;
}
