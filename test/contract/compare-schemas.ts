import { resolve, type Doc, type Schema } from './document';

interface Side {
  doc: Doc;
  schema: Schema;
}

/** Limits that refuse more the smaller they are, and the other way round. */
const UPPER_LIMITS = ['maximum', 'maxLength', 'maxItems'];
const LOWER_LIMITS = ['minimum', 'minLength', 'minItems', 'exclusiveMinimum'];

/**
 * Compares what a client sends (it must still be taken) or reads (it must still be there).
 * @returns a sentence for each break, beginning with `place`.
 */
export function compareSchemas(
  before: Side,
  next: Side,
  direction: 'sent' | 'read',
  place: string,
  seen = new Set<string>(),
): string[] {
  const known = { doc: before.doc, schema: flat(before) };
  const now = { doc: next.doc, schema: flat(next) };
  if (before.schema.$ref) {
    // Schemas may contain themselves.
    const pair = `${before.schema.$ref} ${String(next.schema.$ref)} ${place}`;
    if (seen.has(pair) || place.split('.').length > 12) return [];
    seen.add(pair);
  }
  return [
    ...compareTypes(known.schema, now.schema, direction, place),
    ...(direction === 'sent' ? compareLimits(known.schema, now.schema, place) : []),
    ...compareProperties(known, now, direction, place, seen),
    ...compareParts(known, now, direction, place, seen),
  ];
}

/** With references followed and `allOf` merged. */
function flat({ doc, schema }: Side): Schema {
  const { allOf = [], ...own } = resolve<Schema>(doc, schema);
  return allOf.reduce<Schema>((merged, part) => {
    const { properties, required, ...others } = flat({ doc, schema: part });
    return {
      ...merged,
      ...others,
      ...((merged.properties ?? properties)
        ? { properties: { ...merged.properties, ...properties } }
        : {}),
      required: [...(merged.required ?? []), ...(required ?? [])],
    };
  }, own);
}

function compareTypes(before: Schema, next: Schema, direction: string, place: string): string[] {
  const [known, now] = [typesOf(before), typesOf(next)];
  const [values, allowed] = direction === 'sent' ? [known, now] : [now, known];
  const fits = values.length > 0 && values.every((type) => accepts(allowed, type));
  if (allowed.length > 0 && !fits) return [`${place} was ${said(known)}, is ${said(now)}`];
  // What is read may gain values; what is sent may not lose one.
  if (direction === 'read' || !next.enum) return [];
  const taken = new Set(next.enum);
  const refused = before.enum ? before.enum.filter((value) => !taken.has(value)) : ['others'];
  return refused.length > 0 ? [`${place} no longer takes ${refused.join(', ')}`] : [];
}

function typesOf({ type = [] }: Schema): string[] {
  return [type].flat();
}

function accepts(types: string[], type: string): boolean {
  return types.includes(type) || (type === 'integer' && types.includes('number'));
}

function said(types: string[]): string {
  return types.join(' or ') || 'anything';
}

function compareLimits(before: Schema, next: Schema, place: string): string[] {
  const tighter = (keyword: string, sign: 1 | -1): boolean => {
    const now = next[keyword] as number | undefined;
    const known = before[keyword] as number | undefined;
    return now !== undefined && (known === undefined || (now - known) * sign > 0);
  };
  const limits = [
    ...UPPER_LIMITS.filter((keyword) => tighter(keyword, -1)),
    ...LOWER_LIMITS.filter((keyword) => tighter(keyword, 1)),
    ...['pattern', 'format'].filter((key) => next[key] !== undefined && next[key] !== before[key]),
  ];
  return limits.map((keyword) => `${place} has a tighter ${keyword}`);
}

function compareProperties(
  before: Side,
  next: Side,
  direction: 'sent' | 'read',
  place: string,
  seen: Set<string>,
): string[] {
  const properties = before.schema.properties ?? {};
  const required = new Set(before.schema.required);
  const requiredNow = new Set(next.schema.required);
  const changes = Object.entries(properties).flatMap(([name, schema]) => {
    const here = `${place}.${name}`;
    const kept = next.schema.properties?.[name];
    if (!kept) return [`${here} is gone`];
    if (direction === 'read' && required.has(name) && !requiredNow.has(name)) {
      return [`${here} may be missing now`];
    }
    return compareSchemas(
      { doc: before.doc, schema },
      { doc: next.doc, schema: kept },
      direction,
      here,
      seen,
    );
  });
  if (direction === 'read') return changes;
  const demanded = [...requiredNow].filter((name) => !required.has(name));
  return [...changes, ...demanded.map((name) => `${place}.${name} became required`)];
}

/** Items of lists, what a stream carries, and alternatives in the order in which they are written. */
function compareParts(
  before: Side,
  next: Side,
  direction: 'sent' | 'read',
  place: string,
  seen: Set<string>,
): string[] {
  const compare = (known: Schema | undefined, now: Schema | undefined, where: string): string[] => {
    if (!known) return [];
    if (!now) return [`${where} is gone`];
    return compareSchemas(
      { doc: before.doc, schema: known },
      { doc: next.doc, schema: now },
      direction,
      where,
      seen,
    );
  };
  return [
    ...compare(before.schema.items, next.schema.items, `${place}[]`),
    ...compare(before.schema.contentSchema, next.schema.contentSchema, `${place}.data`),
    ...(['oneOf', 'anyOf'] as const).flatMap((kind) =>
      (before.schema[kind] ?? []).flatMap((known, index) =>
        compare(known, next.schema[kind]?.[index], `${place}(${index + 1})`),
      ),
    ),
  ];
}
