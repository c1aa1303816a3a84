import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT_ROOT, type ServiceName } from '@parley/config';

/** The part of an OpenAPI document that answers are compared with. */
export interface CommittedDocument {
  paths: Record<
    string,
    Record<string, { responses: Record<string, DocumentedAnswer | Reference> }>
  >;
  components: { responses: Record<string, DocumentedAnswer> };
}

interface Reference {
  $ref: string;
}

interface DocumentedAnswer {
  content?: Record<string, unknown>;
}

/** Where in the document the answers of a status are described. */
export interface Place {
  /** JSON pointer. */
  pointer: string;
  content: Record<string, unknown>;
}

/** Reads `docs/api/<service>.openapi.json`. */
export function readDocument(service: ServiceName): CommittedDocument {
  const file = join(PROJECT_ROOT, 'docs/api', `${service}.openapi.json`);
  return JSON.parse(readFileSync(file, 'utf8')) as CommittedDocument;
}

/** @returns the template of a path that was called: `/v1/meetings/{id}`; exact ones before others. */
export function templateOf(document: CommittedDocument, path: string): string | undefined {
  const templates = Object.keys(document.paths);
  return templates.find((one) => one === path) ?? templates.find((one) => fits(one, path));
}

function fits(template: string, path: string): boolean {
  const parts = template.split('/');
  const given = path.split('/');
  return (
    parts.length === given.length &&
    parts.every((part, index) => part.startsWith('{') || part === given[index])
  );
}

/** Finds what the document says of an answer. @returns a sentence where it says nothing. */
export function placeOf(
  document: CommittedDocument,
  { method, path, status }: { method: string; path: string; status: number },
): Place | string {
  const template = templateOf(document, path);
  const verb = method.toLowerCase();
  const operation = template === undefined ? undefined : document.paths[template]?.[verb];
  if (template === undefined || !operation) return 'is not documented';
  const answer = operation.responses[status];
  if (!answer) return `must not answer ${status}`;
  if ('$ref' in answer) {
    const name = answer.$ref.split('/').at(-1) ?? '';
    const shared = document.components.responses[name];
    return { pointer: `/components/responses/${name}`, content: shared?.content ?? {} };
  }
  return {
    pointer: `/paths/${escaped(template)}/${verb}/responses/${status}`,
    content: answer.content ?? {},
  };
}

/** One step of a JSON pointer, for a URI fragment. */
export function escaped(step: string): string {
  return encodeURIComponent(step.replaceAll('~', '~0').replaceAll('/', '~1'));
}
