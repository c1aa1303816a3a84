import { ProblemError } from '@parley/contracts';
import { argumentFaults } from './argument-faults';

/** @throws ProblemError `validation-failed` naming each field that the tool would not take, never a value. */
export function requireArguments(tool: { name: string; arguments: object }, given: object): void {
  const errors = argumentFaults(tool.arguments, given);
  if (errors.length === 0) return;
  const detail = `${tool.name} does not take these arguments.`;
  throw new ProblemError('validation-failed', detail, { errors });
}
