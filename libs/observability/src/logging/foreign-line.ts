import { allowedFields } from './allowed-fields';
import { scrub } from './scrub';

/** Who in Nest speaks of classes and routes only. */
const FRAMEWORK = new Set([
  'InstanceLoader',
  'RouterExplorer',
  'RoutesResolver',
  'NestFactory',
  'NestApplication',
  'NestMicroservice',
]);
const LONGEST_MESSAGE = 200;

/**
 * What may be written of a line that is not in our catalogue. Nobody knows what a library quotes: its fields pass
 * the same list as ours, its errors are described, and its words stay out unless they are the framework's own.
 */
export function foreignLine(args: readonly unknown[]): {
  fields: object;
  message: string;
  dropped: number;
} {
  let fields: Record<string, unknown> = {};
  let dropped = 0;
  let said: string | undefined;
  for (const arg of args) {
    if (arg instanceof Error) {
      fields = { ...fields, ...allowedFields({ err: arg }).fields };
    } else if (typeof arg === 'object' && arg !== null) {
      const allowed = allowedFields(arg);
      fields = { ...fields, ...allowed.fields };
      dropped += allowed.dropped;
    } else if (typeof arg === 'string') {
      said ??= arg;
    }
  }
  if (said !== undefined && FRAMEWORK.has(String(fields.context))) {
    return { fields, message: scrub(said).slice(0, LONGEST_MESSAGE), dropped };
  }
  return { fields, message: 'a library logged something', dropped: dropped + (said ? 1 : 0) };
}
