import { PROBLEM_TYPE_BASE, problems, type ProblemCode } from '@parley/contracts';
import { schemaRef, type JsonSchema } from './json-schema';

/** The shared body of every refusal and failure (RFC 9457). */
export const problemSchema: JsonSchema = {
  type: 'object',
  description: 'What was refused or failed, and why. Branch on `type`, never on the prose.',
  required: ['type', 'title', 'status', 'requestId'],
  properties: {
    type: { type: 'string', enum: Object.keys(problems).map(typeOf) },
    title: { type: 'string', description: 'The same for every problem of this type.' },
    status: { type: 'integer', description: 'As the status line.' },
    detail: { type: 'string', description: 'What is wrong with this very request.' },
    instance: { type: 'string', description: 'Path of the request.' },
    requestId: { type: 'string', description: 'To be quoted when asking for help.' },
    errors: {
      type: 'array',
      items: { type: 'string' },
      description: 'One sentence for each field that is not valid.',
    },
  },
};

/** A shared answer for problems that have one status. */
export interface ProblemAnswer {
  status: number;
  /** Under which the document keeps it: `MeetingNotFound`. */
  name: string;
  response: object;
}

/** One answer for each status among the codes, each saying which types it may carry. */
export function problemAnswers(codes: Iterable<ProblemCode>): ProblemAnswer[] {
  const wanted = new Set(codes);
  const byStatus = new Map<number, ProblemCode[]>();
  for (const code of Object.keys(problems) as ProblemCode[]) {
    if (!wanted.has(code)) continue;
    const { status } = problems[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  return [...byStatus].sort(([a], [b]) => a - b).map(([status, some]) => answer(status, some));
}

function answer(status: number, codes: ProblemCode[]): ProblemAnswer {
  const schema: JsonSchema = {
    allOf: [
      schemaRef('Problem'),
      { properties: { status: { const: status }, type: { enum: codes.map(typeOf) } } },
    ],
  };
  return {
    status,
    name: codes.map(pascalCase).join('Or'),
    response: {
      description: codes.map((code) => `\`${code}\`: ${problems[code].title}.`).join(' '),
      headers: headersOf(status),
      content: { 'application/problem+json': { schema, example: exampleOf(codes[0]) } },
    },
  };
}

function exampleOf(code: ProblemCode = 'internal'): object {
  const { status, title } = problems[code];
  return { type: typeOf(code), title, status, requestId: '0199f3c2-7c1e-7b62-9d7e-5a1f0c3d2e41' };
}

function headersOf(status: number): object {
  const names = ['X-Request-ID'];
  if (status === 429) names.push('RateLimit', 'RateLimit-Policy');
  if (status === 429 || status === 503) names.push('Retry-After');
  return headerRefs(names);
}

/** References to the document's shared headers. */
export function headerRefs(names: readonly string[]): Record<string, object> {
  return Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]));
}

function typeOf(code: string): string {
  return PROBLEM_TYPE_BASE + code;
}

function pascalCase(code: string): string {
  return code.replace(/(^|-)(\w)/g, (_, _dash, letter: string) => letter.toUpperCase());
}
