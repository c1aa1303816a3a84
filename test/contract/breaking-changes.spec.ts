import { breakingChanges } from './breaking-changes';
import type { Doc, Operation, Schema } from './document';

const note: Schema = {
  type: 'object',
  required: ['id', 'text'],
  properties: { id: { type: 'string' }, text: { type: 'string' }, size: { type: 'integer' } },
};
const draft: Schema = {
  type: 'object',
  required: ['text'],
  properties: {
    text: { type: 'string', maxLength: 100 },
    kind: { type: 'string', enum: ['short', 'long'] },
  },
};

/** A service with one route, as clients in the field know it, and as the change makes it. */
function after(change: (parts: { note: Schema; draft: Schema; operation: Operation }) => void) {
  const make = (): { doc: Doc; parts: Parameters<typeof change>[0] } => {
    const parts = structuredClone({ note, draft, operation: postNote });
    const doc: Doc = {
      paths: { '/v1/notes': { post: parts.operation } },
      components: { schemas: { Note: parts.note, Draft: parts.draft } },
    };
    return { doc, parts };
  };
  const before = make();
  const next = make();
  change(next.parts);
  return breakingChanges(before.doc, next.doc);
}

const postNote: Operation = {
  operationId: 'createNote',
  parameters: [{ name: 'dry', in: 'query', schema: { type: 'boolean' } }],
  requestBody: {
    content: { 'application/json': { schema: { $ref: '#/components/schemas/Draft' } } },
  },
  responses: {
    '201': { content: { 'application/json': { schema: { $ref: '#/components/schemas/Note' } } } },
    '409': { content: {} },
  },
};

describe('a breaking change', () => {
  it('is not that nothing changed', () => {
    expect(after(() => undefined)).toEqual([]);
  });

  it('is a path or operation that is gone', () => {
    const doc: Doc = { paths: { '/v1/notes': { post: postNote } } };
    expect(breakingChanges(doc, { paths: {} })).toEqual(['POST /v1/notes is gone']);
    expect(breakingChanges(doc, { paths: { '/v1/notes': {} } })).toEqual([
      'POST /v1/notes is gone',
    ]);
  });

  it('is another name of the operation: clients are generated with it', () => {
    expect(after(({ operation }) => (operation.operationId = 'addNote'))).toEqual([
      'POST /v1/notes: was called createNote, is called addNote',
    ]);
  });

  it.each<[string, (schema: Schema) => void, string]>([
    ['a property that is gone', ({ properties }) => delete properties?.size, '201.size is gone'],
    [
      'a property that may be missing now',
      (schema) => (schema.required = ['id']),
      '201.text may be missing now',
    ],
    [
      'a property of another type',
      (schema) => Object.assign(schema.properties?.size ?? {}, { type: 'string' }),
      '201.size was integer, is string',
    ],
    [
      'a property that may be null now',
      (schema) => Object.assign(schema.properties?.text ?? {}, { type: ['string', 'null'] }),
      '201.text was string, is string or null',
    ],
  ])('in an answer is %s', (_, change, sentence) => {
    expect(
      after((parts) => {
        change(parts.note);
      }),
    ).toEqual([`POST /v1/notes: ${sentence}`]);
  });

  it.each<[string, (schema: Schema) => void, string]>([
    [
      'a new required property',
      (schema) => (schema.required = ['text', 'kind']),
      'body.kind became required',
    ],
    [
      'a property that is refused now',
      ({ properties }) => delete properties?.kind,
      'body.kind is gone',
    ],
    [
      'a value that is refused now',
      (schema) => Object.assign(schema.properties?.kind ?? {}, { enum: ['long'] }),
      'body.kind no longer takes short',
    ],
    [
      'a tighter limit',
      (schema) => Object.assign(schema.properties?.text ?? {}, { maxLength: 99 }),
      'body.text has a tighter maxLength',
    ],
    [
      'a new pattern',
      (schema) => Object.assign(schema.properties?.text ?? {}, { pattern: '^a' }),
      'body.text has a tighter pattern',
    ],
  ])('in a request is %s', (_, change, sentence) => {
    expect(
      after((parts) => {
        change(parts.draft);
      }),
    ).toEqual([`POST /v1/notes: ${sentence}`]);
  });

  it('is a parameter that is gone, new and required, or became required', () => {
    const dry = { name: 'dry', in: 'query', schema: { type: 'boolean' } };
    const wet = { ...dry, name: 'wet', required: true };
    expect(after(({ operation }) => (operation.parameters = []))).toEqual([
      'POST /v1/notes: parameter query dry is gone',
    ]);
    expect(after(({ operation }) => (operation.parameters = [dry, wet]))).toEqual([
      'POST /v1/notes: parameter query wet is new and required',
    ]);
    expect(after(({ operation }) => (operation.parameters = [{ ...dry, required: true }]))).toEqual(
      ['POST /v1/notes: parameter query dry became required'],
    );
  });

  it('is a success that never comes any more', () => {
    expect(after(({ operation }) => delete operation.responses['201'])).toEqual([
      'POST /v1/notes: never answers 201 any more',
    ]);
  });

  it('is none of: a new field or value in answers, an optional field or a wider limit in requests', () => {
    expect(
      after((parts) => {
        Object.assign(parts.note.properties ?? {}, { colour: { type: 'string' } });
        Object.assign(parts.draft.properties ?? {}, { colour: { type: 'string' } });
        Object.assign(parts.draft.properties?.text ?? {}, { maxLength: 200 });
        Object.assign(parts.draft.properties?.kind ?? {}, { enum: ['short', 'long', 'epic'] });
        parts.operation.responses['422'] = { content: {} };
      }),
    ).toEqual([]);
  });

  it('is found behind lists, alternatives and schemas that contain themselves', () => {
    const tree = (leaf: Schema): Doc => ({
      paths: {
        '/v1/tree': {
          get: {
            responses: {
              '200': {
                content: { 'application/json': { schema: { $ref: '#/components/schemas/Tree' } } },
              },
            },
          },
        },
      },
      components: {
        schemas: {
          Tree: {
            type: 'object',
            properties: {
              branches: { type: 'array', items: { $ref: '#/components/schemas/Tree' } },
              leaf: { anyOf: [leaf, { type: 'null' }] },
            },
          },
        },
      },
    });
    const changes = breakingChanges(tree({ type: 'string' }), tree({ type: 'number' }));
    expect(changes).toContain('GET /v1/tree: 200.leaf(1) was string, is number');
    expect(changes).toContain('GET /v1/tree: 200.branches[].leaf(1) was string, is number');
  });
});
