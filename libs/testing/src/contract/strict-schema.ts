/**
 * A copy of a document in which no object may have properties that are not named: a client may meet new fields,
 * a test of ours may not.
 */
export function forbidUnknownFields(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(forbidUnknownFields);
  if (typeof node !== 'object' || node === null) return node;
  const copy: Record<string, unknown> = Object.fromEntries(
    Object.entries(node).map(([key, child]) => [key, forbidUnknownFields(child)]),
  );
  const isObject = copy.type === 'object' && typeof copy.properties === 'object';
  if (isObject && copy.additionalProperties === undefined) copy.additionalProperties = false;
  return copy;
}
