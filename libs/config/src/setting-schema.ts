import { z } from 'zod';

/** The rule of one setting. */
export type SettingSchema = z.core.$ZodType;

/** The settings of a schema by name. */
export function rulesOf(schema: z.ZodObject): [name: string, rule: SettingSchema][] {
  return Object.entries<SettingSchema>(schema.shape);
}

/** What is said of a setting besides its rule: its documentation is made from it. */
export interface SettingMeta {
  description?: string;
  unit?: string;
  /** Never printed; `env.example` leaves it empty. */
  secret?: boolean;
  /** What it is when unset depends on how Parley runs: `env.example` must not pin it. */
  derived?: boolean;
  /** Who reads it, where that is not everybody who has it in its schema. */
  services?: readonly string[];
  /** The name that stands for it and its likes in the documentation, one for each provider. */
  family?: string;
}

/** A yes or no: 1, true, 0 or false, and nothing else. */
export function flag(initial: boolean) {
  return z
    .stringbool({ truthy: ['1', 'true'], falsy: ['0', 'false'], case: 'sensitive' })
    .default(initial);
}

/** The kind behind defaults, optionals and pipes: `number`, `string`, `enum`, … */
export function kindOf(schema: SettingSchema): string {
  const { def } = schema._zod;
  if ('innerType' in def) return kindOf(def.innerType as SettingSchema);
  return def.type;
}

/** What a setting's schema says of it. */
export function metaOf(schema: SettingSchema): SettingMeta {
  const own = z.globalRegistry.get(schema) as SettingMeta | undefined;
  const { def } = schema._zod;
  const inner = 'innerType' in def ? metaOf(def.innerType as SettingSchema) : {};
  return { ...inner, ...own };
}

const PLAIN_NUMBER = /^-?\d+(\.\d+)?$/;

/**
 * Parses one setting's text. Numbers are plain decimals in the unit that the setting states: `5s`, `1e3` and
 * `0x10` are mistakes, not numbers.
 * @returns the value, or the rules that it breaks; never what was given.
 */
export function parseSetting(
  schema: SettingSchema,
  text: string | undefined,
): { value: unknown; problems: string[] } {
  if (text !== undefined && kindOf(schema) === 'number' && !PLAIN_NUMBER.test(text)) {
    const { unit } = metaOf(schema);
    return {
      value: undefined,
      problems: [`expected number${unit ? ` (${unit})` : ''}, plain digits`],
    };
  }
  const parsed = z.safeParse(schema, text);
  if (parsed.success) return { value: parsed.data, problems: [] };
  const given = text !== undefined;
  return { value: undefined, problems: parsed.error.issues.map((issue) => ruleOf(issue, given)) };
}

/** zod's messages may quote what was received: say only what was expected. */
function ruleOf(issue: z.core.$ZodIssue, given: boolean): string {
  if (!given) return 'is not set';
  switch (issue.code) {
    case 'invalid_type':
      return `expected ${issue.expected}`;
    case 'too_small':
      return issue.inclusive === false
        ? `more than ${String(issue.minimum)}`
        : `at least ${String(issue.minimum)}${lengthOf(issue.origin)}`;
    case 'too_big':
      return `at most ${String(issue.maximum)}${lengthOf(issue.origin)}`;
    case 'invalid_format':
      return `expected a ${issue.format}`;
    case 'invalid_value':
      return `one of ${issue.values.map(String).join(', ')}`;
    case 'custom':
      return issue.message === 'Invalid input' ? 'not valid' : issue.message;
    default:
      return 'not valid';
  }
}

function lengthOf(origin: string): string {
  return origin === 'string' ? ' characters' : '';
}
