import { ProblemError } from '@parley/contracts';

/** Deeper bodies are refused: no route takes one, and walking it would exhaust the stack. */
const DEEPEST = 100;

/**
 * JSON in which the order of an object's fields makes no difference.
 * @throws ProblemError `validation-failed` when it is nested more than 100 deep.
 */
export function canonicalJson(value: unknown, depth = 0): string {
  if (depth > DEEPEST) {
    throw new ProblemError('validation-failed', 'The body is nested too deeply.');
  }
  if (Array.isArray(value)) {
    return `[${value.map((item) => canonicalJson(item, depth + 1)).join(',')}]`;
  }
  if (typeof value !== 'object' || value === null) return JSON.stringify(value ?? null);
  const fields = Object.entries(value)
    .filter(([, field]) => field !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, field]) => `${JSON.stringify(name)}:${canonicalJson(field, depth + 1)}`);
  return `{${fields.join(',')}}`;
}
