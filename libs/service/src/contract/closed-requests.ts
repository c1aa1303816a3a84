import type { JsonSchema } from './json-schema';
import type { Operation } from './platform-answers';

const REFERENCE = /"\$ref":"#\/components\/schemas\/(\w+)"/g;

/** Says of what clients send that unknown fields are refused; what we answer may gain fields. */
export function closeRequests(operations: Operation[], schemas: Record<string, JsonSchema>): void {
  const sent = reachable(
    operations.map(({ requestBody }) => requestBody),
    schemas,
  );
  const answered = reachable(
    operations.map(({ responses }) => responses),
    schemas,
  );
  for (const name of sent) {
    const schema = schemas[name];
    if (schema?.properties && !answered.has(name)) schema.additionalProperties = false;
  }
}

/** The shared schemas that `roots` mention, directly or through others. */
export function reachable(roots: unknown, schemas: Record<string, JsonSchema>): Set<string> {
  const found = new Set<string>();
  const waiting: unknown[] = [roots];
  while (waiting.length > 0) {
    for (const [, name = ''] of JSON.stringify(waiting.pop() ?? null).matchAll(REFERENCE)) {
      if (found.has(name)) continue;
      found.add(name);
      waiting.push(schemas[name]);
    }
  }
  return found;
}
