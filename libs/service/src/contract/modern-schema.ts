/**
 * Rewrites what @nestjs/swagger writes the way of OpenAPI 3.0 into 3.1, in place: `nullable`, and the
 * `allOf` around a reference that has siblings.
 */
export function modernise(node: unknown): void {
  if (Array.isArray(node)) {
    for (const item of node) modernise(item);
    return;
  }
  if (typeof node !== 'object' || node === null) return;
  for (const child of Object.values(node)) modernise(child);
  const schema = node as Record<string, unknown>;
  unwrapReference(schema);
  if (schema.nullable === true) allowNull(schema);
}

function unwrapReference(schema: Record<string, unknown>): void {
  const { allOf } = schema;
  if (!Array.isArray(allOf) || allOf.length !== 1) return;
  const [only] = allOf as { $ref?: string }[];
  if (only?.$ref === undefined) return;
  delete schema.allOf;
  delete schema.type;
  schema.$ref = only.$ref;
}

function allowNull(schema: Record<string, unknown>): void {
  delete schema.nullable;
  if (schema.$ref !== undefined) {
    schema.anyOf = [{ $ref: schema.$ref }, { type: 'null' }];
    delete schema.$ref;
  } else if (schema.type !== undefined) {
    schema.type = [schema.type, 'null'];
  }
  if (Array.isArray(schema.enum)) schema.enum = [...(schema.enum as unknown[]), null];
}
