import { resolved, type JsonSchema, type OpenApi } from '../harness/open-api';

const DEEPEST = 6;

/** A value that a schema takes, as plain as possible. */
export function validValue(schema: JsonSchema | undefined, document: OpenApi, depth = 0): unknown {
  const known = resolved(schema, document);
  if (depth > DEEPEST) return null;
  if (known.enum) return known.enum[0];
  if (known.const !== undefined) return known.const;
  if (known.default !== undefined) return known.default;
  const [first] = known.oneOf ?? known.anyOf ?? [];
  if (first) return validValue(first, document, depth + 1);
  const type = Array.isArray(known.type) ? known.type[0] : known.type;
  switch (type) {
    case 'object':
      return validObject(known, document, depth);
    case 'array':
      return Number(known.minItems ?? 0) > 0 ? [validValue(known.items, document, depth + 1)] : [];
    case 'integer':
    case 'number':
      return Number(known.minimum ?? 1);
    case 'boolean':
      return false;
    case 'string':
      return validText(known);
    default:
      return known.properties ? validObject(known, document, depth) : {};
  }
}

function validObject(schema: JsonSchema, document: OpenApi, depth: number): object {
  const required = new Set(schema.required ?? []);
  return Object.fromEntries(
    Object.entries(schema.properties ?? {})
      .filter(([name]) => required.has(name))
      .map(([name, property]) => [name, validValue(property, document, depth + 1)]),
  );
}

function validText(schema: JsonSchema): string {
  switch (schema.format) {
    case 'uuid':
      return '01900000-0000-7000-8000-000000000000';
    case 'date-time':
      return '2026-11-23T10:00:00Z';
    case 'email':
      return 'walker@example.test';
    case 'uri':
      return 'https://example.test/';
    default:
      return 'walker'.padEnd(Number(schema.minLength ?? 0), 'x');
  }
}
