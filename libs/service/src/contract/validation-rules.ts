import type { JsonSchema } from './json-schema';

type Rule = (constraints: readonly never[]) => JsonSchema;

/** What the rules of class-validator mean for a value, in JSON Schema. */
const VALUE_RULES: Record<string, Rule> = {
  isString: () => ({ type: 'string' }),
  isBoolean: () => ({ type: 'boolean' }),
  isNumber: () => ({ type: 'number' }),
  isInt: () => ({ type: 'integer' }),
  isObject: () => ({ type: 'object', additionalProperties: true }),
  isIn: ([values]: readonly unknown[][]) => oneOf(values ?? []),
  equals: (constraints) => oneOf(constraints),
  isUuid: () => ({ type: 'string', format: 'uuid' }),
  isEmail: () => ({ type: 'string', format: 'email' }),
  isUrl: () => ({ type: 'string', format: 'uri' }),
  isIso8601: () => ({ type: 'string', format: 'date-time' }),
  isRFC3339: () => ({ type: 'string', format: 'date-time' }),
  isTimeZone: () => ({ type: 'string' }),
  matches: ([pattern]: readonly RegExp[]) => ({ type: 'string', pattern: pattern?.source ?? '' }),
  isLength: ([min = 0, max]: readonly number[]) => ({
    minLength: min,
    ...(max === undefined ? {} : { maxLength: max }),
  }),
  minLength: ([limit = 0]: readonly number[]) => ({ minLength: limit }),
  maxLength: ([limit = 0]: readonly number[]) => ({ maxLength: limit }),
  min: ([limit = 0]: readonly number[]) => ({ minimum: limit }),
  max: ([limit = 0]: readonly number[]) => ({ maximum: limit }),
  isPositive: () => ({ exclusiveMinimum: 0 }),
};

/** Rules of a list itself, not of its items. */
const LIST_RULES: Record<string, Rule> = {
  isArray: () => ({ type: 'array' }),
  arrayMinSize: ([limit = 0]: readonly number[]) => ({ minItems: limit }),
  arrayMaxSize: ([limit = 0]: readonly number[]) => ({ maxItems: limit }),
  arrayUnique: () => ({ uniqueItems: true }),
};

/**
 * @returns what a rule says, and of what.
 * @throws when the rule is unknown here: a document that keeps silent about a rule would be wrong.
 */
export function schemaOfRule(
  name: string | undefined,
  constraints: readonly unknown[] = [],
): { of: 'list' | 'value'; schema: JsonSchema } {
  const list = LIST_RULES[name ?? ''];
  if (list) return { of: 'list', schema: list(constraints as never[]) };
  const value = VALUE_RULES[name ?? ''];
  if (value) return { of: 'value', schema: value(constraints as never[]) };
  throw new Error(`validation-rules.ts does not know how to document the rule ${String(name)}`);
}

function oneOf(values: readonly unknown[]): JsonSchema {
  const types = new Set(values.map((value) => typeof value));
  const [type] = types;
  const isPlain =
    types.size === 1 && (type === 'string' || type === 'number' || type === 'boolean');
  return { ...(isPlain ? { type } : {}), enum: [...values] };
}
