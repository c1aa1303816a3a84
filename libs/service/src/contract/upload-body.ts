import type { JsonSchema } from './json-schema';
import { ROUTE_EXTENSION } from './api-route.decorator';
import type { Operation } from './platform-answers';

/** Adds the file to the form; where a route takes JSON too, tells its two forms apart. */
export function splitUploadBody(operation: Operation, schemas: Record<string, JsonSchema>): void {
  const upload = operation[ROUTE_EXTENSION]?.upload;
  const content = operation.requestBody?.content;
  const json = content?.['application/json'];
  const form = content?.['multipart/form-data'];
  const ref = (json ?? form)?.schema.$ref;
  if (!upload || !form || !ref) return;
  const name = ref.split('/').at(-1) ?? '';
  const fields = schemas[name]?.properties ?? {};
  const besides = Object.entries(fields).filter(([field]) => field !== upload.replaces);
  const whole: JsonSchema = {
    type: 'object',
    required: [upload.field],
    properties: {
      [upload.field]: { type: 'string', format: 'binary' },
      ...Object.fromEntries(besides),
    },
  };
  if (json) {
    form.schema = whole;
    json.schema = { allOf: [json.schema, { required: [...(upload.jsonRequires ?? [])] }] };
  } else {
    const { description } = schemas[name] ?? {};
    schemas[name] = { ...(description ? { description } : {}), ...whole };
  }
}
