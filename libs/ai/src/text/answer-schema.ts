import { z } from 'zod';

type JsonSchema = Record<string, unknown>;

/** Rules that strict servers do not know; zod checks them on the answer. */
const LEFT_OUT = new Set(['$schema', 'default', 'minLength', 'maxLength']);

/**
 * The JSON schema of `schema` in the dialect that structured outputs take. `strict` is set when every
 * property is required: servers refuse strict schemas with optional properties.
 */
export function answerSchema(schema: z.ZodType): { schema: JsonSchema; strict: boolean } {
  const full = z.toJSONSchema(schema);
  return { schema: simplified(full) as JsonSchema, strict: allRequired(full) };
}

function simplified(node: unknown, namesProperties = false): unknown {
  if (Array.isArray(node)) return node.map((item) => simplified(item));
  if (!isObject(node)) return node;
  const kept = Object.entries(node).filter(([key]) => namesProperties || !LEFT_OUT.has(key));
  return Object.fromEntries(
    kept.map(([key, value]) => [key, simplified(value, !namesProperties && key === 'properties')]),
  );
}

function allRequired(node: unknown): boolean {
  if (Array.isArray(node)) return node.every(allRequired);
  if (!isObject(node)) return true;
  const { properties, required } = node;
  if (isObject(properties)) {
    const names = Array.isArray(required) ? required : [];
    if (Object.keys(properties).some((name) => !names.includes(name))) return false;
  }
  return Object.values(node).every(allRequired);
}

function isObject(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null;
}
