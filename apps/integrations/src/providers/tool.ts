import { IsIn, IsObject, IsString } from 'class-validator';
import type { ArgumentsSchema } from './tool-arguments';

/**
 * What may be done after an attempt whose outcome nobody knows:
 * - `idempotent`: send again, the provider deduplicates by our key;
 * - `reconcilable`: ask the provider for the action's marker first;
 * - `once`: nothing; a person decides;
 * - `at-least-once`: send again, the receiver deduplicates by our stable id.
 */
export const TOOL_CLASSES = ['idempotent', 'reconcilable', 'once', 'at-least-once'] as const;
export type ToolClass = (typeof TOOL_CLASSES)[number];

/**
 * How far an action reaches, for who approves it:
 * - `low`: nobody else sees it, and the person can undo it: a draft, a line in a file;
 * - `medium`: others in the connected place see it at once, and it can be removed there: a message, a page, an issue;
 * - `high`: it reaches people or systems outside and cannot be taken back: mail, invitations, a webhook.
 */
export const TOOL_RISKS = ['low', 'medium', 'high'] as const;
export type ToolRisk = (typeof TOOL_RISKS)[number];

/** One thing that a provider can do. */
export class Tool {
  @IsString() name: string;
  /** What may be done after an attempt whose outcome nobody knows. */
  @IsIn(TOOL_CLASSES) class: ToolClass;
  /** How far its actions reach: `low` can be undone, `medium` others see at once, `high` cannot be taken back. */
  @IsIn(TOOL_RISKS) risk: ToolRisk;
  @IsString() description: string;
  /** JSON Schema (2020-12) of the arguments that it reads; others may stand beside them. */
  @IsObject() arguments: ArgumentsSchema;
}
