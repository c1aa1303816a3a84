import { IsObject } from 'class-validator';

export class AskConnection {
  /** As the tool's JSON Schema says. */
  @IsObject() arguments: Record<string, unknown>;
}
