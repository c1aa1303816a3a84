import type { ProblemCode } from '@parley/contracts';
import type { RouteNotes } from './api-route.decorator';
import { ROUTE_EXTENSION } from './api-route.decorator';
import type { JsonSchema } from './json-schema';
import { usualRequirement, type Requirement } from '../access/require-scope';
import { SCOPE_EXTENSION } from '../http/routes/route.decorators';
import { headerRefs, problemAnswers } from './problem-answers';

/** An operation of the document while it is being built. */
export interface Operation {
  operationId: string;
  parameters?: ({ $ref: string } | { name: string; in: string; schema?: JsonSchema })[];
  requestBody?: { content: Record<string, { schema: JsonSchema; example?: object }> };
  responses: Record<string, { $ref: string } | { headers?: object; content?: object }>;
  security?: object[];
  [SCOPE_EXTENSION]?: Requirement;
  [ROUTE_EXTENSION]?: RouteNotes;
}

const EVERYWHERE: ProblemCode[] = [
  'validation-failed',
  'malformed-request',
  'not-found',
  'unauthorized',
  'forbidden',
  'too-many-requests',
  'internal',
  'unavailable',
  'deadline-exceeded',
];
const ON_WRITES: ProblemCode[] = [
  'validation-failed',
  'malformed-json',
  'payload-too-large',
  'unsupported-media-type',
  'idempotency-in-flight',
  'idempotency-key-reused',
];
/** What a probe, the metrics and the documents may answer. */
const OPERATIONAL: ProblemCode[] = [
  'validation-failed',
  'malformed-request',
  'unauthorized',
  'not-found',
  'internal',
  'unavailable',
];
const WRITES = ['post', 'put', 'patch', 'delete'];

/**
 * Adds what the platform answers and takes on every route, so that a route names only what is its own.
 * @returns the shared answers that the operation refers to.
 */
export function addPlatformAnswers(path: string, method: string, operation: Operation) {
  const notes = operation[ROUTE_EXTENSION] ?? {};
  Reflect.deleteProperty(operation, ROUTE_EXTENSION);
  const json = operation.requestBody?.content['application/json'];
  if (json && notes.example) json.example = notes.example;
  const isApi = path.startsWith('/v1/');
  const isWrite = WRITES.includes(method);
  const isOpen = operation[SCOPE_EXTENSION] === 'nothing';
  const codes = isApi
    ? [
        ...EVERYWHERE.filter((code) => !isOpen || code !== 'unauthorized'),
        ...(notes.problems ?? []),
        ...(isWrite ? ON_WRITES : []),
      ]
    : OPERATIONAL;

  const headers = ['X-Request-ID'];
  if (isApi) headers.push('RateLimit', 'RateLimit-Policy');
  if (isWrite) headers.push('Idempotent-Replayed');
  for (const answer of Object.values(operation.responses)) {
    if (!('$ref' in answer)) answer.headers = headerRefs(headers);
  }
  const answers = problemAnswers(codes);
  for (const { status, name } of answers) {
    if (status in operation.responses) continue;
    operation.responses[status] = { $ref: `#/components/responses/${name}` };
  }
  if (isApi) {
    addSharedParameters(operation, isWrite);
    addScope(operation, method);
  } else operation.security = [{}, { bearer: [] }, { apiKey: [] }];
  return answers;
}

/** Roles in a security requirement are what OpenAPI 3.1 has for scopes of a key. */
function addScope(operation: Operation, method: string): void {
  const scope = (operation[SCOPE_EXTENSION] ??= usualRequirement(method.toUpperCase()));
  if (scope === 'nothing') {
    operation.security = [];
    return;
  }
  const roles = scope === 'any' ? [] : [scope];
  operation.security = [{ bearer: roles }, { apiKey: roles }];
}

function addSharedParameters(operation: Operation, isWrite: boolean): void {
  const names = isWrite ? ['RequestId', 'IdempotencyKey'] : ['RequestId'];
  operation.parameters = [
    ...(operation.parameters ?? []),
    ...names.map((name) => ({ $ref: `#/components/parameters/${name}` })),
  ];
  for (const parameter of operation.parameters) {
    if ('in' in parameter && parameter.in === 'path' && parameter.name === 'id') {
      parameter.schema = { type: 'string', format: 'uuid' };
    }
  }
}
