/** The part of an OpenAPI document that is compared. */
export interface Doc {
  paths: Record<string, Record<string, Operation>>;
  components?: Record<string, Record<string, unknown>>;
}

export interface Operation {
  operationId?: string;
  'x-scope'?: string;
  parameters?: (Parameter | Reference)[];
  requestBody?: { required?: boolean; content: Record<string, { schema: Schema }> };
  responses: Record<string, Answer | Reference>;
}

export interface Reference {
  $ref: string;
}

export interface Parameter {
  name: string;
  in: string;
  required?: boolean;
  schema: Schema;
}

export interface Answer {
  content?: Record<string, { schema: Schema }>;
}

export interface Schema {
  $ref?: string;
  type?: string | string[];
  enum?: unknown[];
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  contentSchema?: Schema;
  allOf?: Schema[];
  oneOf?: Schema[];
  anyOf?: Schema[];
  [keyword: string]: unknown;
}

/** Follows references within the document. */
export function resolve<Node extends object>(doc: Doc, node: Node | Reference): Node {
  let found: unknown = node;
  while (typeof found === 'object' && found !== null && '$ref' in found) {
    const [, , kind = '', name = ''] = String(found.$ref).split('/');
    found = doc.components?.[kind]?.[name];
  }
  if (found === undefined) throw new Error(`a reference leads nowhere: ${JSON.stringify(node)}`);
  return found as Node;
}

/** The parameters of an operation by place and name. */
export function parametersOf(doc: Doc, { parameters = [] }: Operation): Map<string, Parameter> {
  return new Map(
    parameters.map((parameter) => {
      const found = resolve<Parameter>(doc, parameter);
      return [`${found.in} ${found.name}`, found];
    }),
  );
}
