import { Speaker } from '@parley/contracts';
import { IsInt, IsOptional, IsString, Length, Min } from 'class-validator';

export class MeetingSpeaker extends Speaker {
  /** How long they have spoken, in final segments. */
  @IsInt() @Min(0) spokenMs: number;
}

export class RenameSpeaker {
  @IsString() @Length(1, 120) name: string;
  /** Who of the meeting's participants it is. */
  @IsOptional() @IsString() @Length(1, 64) participantId?: string;
}

export class MergeSpeaker {
  /** Id of the speaker who they are. */
  @IsString() @Length(1, 64) into: string;
}
