import { IsIn, IsString } from 'class-validator';

/**
 * What may be done after an attempt whose outcome nobody knows:
 * - `idempotent`: send again, the provider deduplicates by our key;
 * - `reconcilable`: ask the provider for the action's marker first;
 * - `once`: nothing; a person decides;
 * - `at-least-once`: send again, the receiver deduplicates by our stable id.
 */
export const TOOL_CLASSES = ['idempotent', 'reconcilable', 'once', 'at-least-once'] as const;
export type ToolClass = (typeof TOOL_CLASSES)[number];

/** One thing that a provider can do. */
export class Tool {
  @IsString() name: string;
  /** What may be done after an attempt whose outcome nobody knows. */
  @IsIn(TOOL_CLASSES) class: ToolClass;
  @IsString() description: string;
}
