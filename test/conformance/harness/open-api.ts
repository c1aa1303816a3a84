/** The parts of an OpenAPI document that the suite reads. */
export interface OpenApi {
  openapi: string;
  paths: Record<string, Record<string, Operation>>;
  components?: { schemas?: Record<string, JsonSchema>; responses?: Record<string, Response> };
}

export interface Operation {
  parameters?: Parameter[];
  requestBody?: { required?: boolean; content: Record<string, { schema?: JsonSchema }> };
  responses: Record<string, Response>;
  /** What its caller must be allowed. */
  'x-scope'?: string;
}

/** Whether a route says that it lets everybody in. */
export function asksForNothing(operation: Operation): boolean {
  return operation['x-scope'] === 'nothing';
}

export interface Response {
  $ref?: string;
  content?: Record<string, { schema?: JsonSchema }>;
}

export interface Parameter {
  name: string;
  in: 'path' | 'query' | 'header' | 'cookie';
  required?: boolean;
  schema?: JsonSchema;
}

export interface JsonSchema {
  $ref?: string;
  type?: string | string[];
  properties?: Record<string, JsonSchema>;
  required?: string[];
  items?: JsonSchema;
  enum?: unknown[];
  allOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  anyOf?: JsonSchema[];
  [keyword: string]: unknown;
}

/** One method of one path. */
export interface Route {
  method: string;
  template: string;
  operation: Operation;
}

const METHODS = ['get', 'post', 'put', 'patch', 'delete'];

/** Every route of a document, operational ones included. */
export function routesOf(document: OpenApi): Route[] {
  return Object.entries(document.paths).flatMap(([template, operations]) =>
    Object.entries(operations)
      .filter(([method]) => METHODS.includes(method))
      .map(([method, operation]) => ({ method: method.toUpperCase(), template, operation })),
  );
}

/** Follows `$ref` inside the document, and looks through an `allOf` of one. */
export function resolved(schema: JsonSchema | undefined, document: OpenApi, depth = 0): JsonSchema {
  if (!schema || depth > 10) return {};
  const name = schema.$ref?.split('/').at(-1);
  if (name) return resolved(document.components?.schemas?.[name], document, depth + 1);
  const [only, ...others] = schema.allOf ?? [];
  if (only && others.length === 0) return resolved(only, document, depth + 1);
  return schema;
}

/** Follows the `$ref` of an answer that several routes share. */
export function resolvedResponse(response: Response | undefined, document: OpenApi): Response {
  const name = response?.$ref?.split('/').at(-1);
  return (name ? document.components?.responses?.[name] : response) ?? {};
}

/** Problems that the server may answer with before it knows which route is meant; no route documents them. */
export const SERVER_PROBLEMS =
  /\/(not-found|method-not-allowed|request-timeout|headers-too-large|malformed-request)$/;

/** The route that a method and path belong to. */
export function routeFor(
  routes: readonly Route[],
  method: string,
  path: string,
): Route | undefined {
  // Not as a URL: that would fold `..`, which the service was sent as it is.
  const [pathname = ''] = path.split(/[?#]/);
  const parts = pathname.split('/');
  const fits = ({ template }: Route): boolean => {
    const wanted = template.split('/');
    return (
      wanted.length === parts.length &&
      wanted.every((part, at) => part === parts[at] || (part.startsWith('{') && parts[at] !== ''))
    );
  };
  const found = routes.filter((route) => route.method === method && fits(route));
  // `/v1/meetings/search` before `/v1/meetings/{id}`.
  return found.sort(
    (a, b) => Number(a.template.includes('{')) - Number(b.template.includes('{')),
  )[0];
}
