import { PROBLEM_TYPE_BASE, problems } from '@parley/contracts';
import { promised, shown } from '../../harness/broken-promise';
import type { Answer } from '../../harness/http';

const REQUEST_ID = /^[A-Za-z0-9._-]{1,128}$/;

/** What no client may ever read: code, files, queries, addresses with passwords. */
const LEAKS: [string, RegExp][] = [
  ['a stack trace', /\bat \S+ \(?(\/|file:|node:)|\n\s+at /],
  [
    'a path of the machine',
    /(\/(tmp|home|root|work|usr|var|srv|app)\/[\w.-]+)|node_modules|\.(ts|js):\d+/,
  ],
  [
    'SQL',
    /\b(SELECT|INSERT INTO|UPDATE|DELETE FROM)\b.+\b(FROM|SET|VALUES|WHERE)\b|QueryFailedError|relation "/,
  ],
  ['an address with a password', /\w+:\/\/[^/\s:]*:[^/\s@]+@/],
  [
    'an inner error',
    /\b(TypeError|ReferenceError|RangeError|SyntaxError|ECONNREFUSED|EAI_AGAIN)\b|ioredis|TypeORM/,
  ],
];

/** The code of a problem answer, checked from head to foot: type, status, title, request id, and no leak. */
export function problemCode(answer: Answer, secrets: readonly string[] = []): string {
  const about = `${answer.method} ${shown(answer.path)} answered ${answer.status}`;
  const type = answer.headers['content-type'] ?? 'no content type';
  promised(
    /^application\/problem\+json\b/.test(type),
    `${about} as ${type}, not as a problem: ${shown(answer.text)}`,
  );
  const body = answer.json as Record<string, unknown> | null | undefined;
  promised(
    typeof body === 'object' && body !== null,
    `${about} with a body that is no JSON object`,
  );
  const code = String(body.type).replace(PROBLEM_TYPE_BASE, '');
  promised(Object.hasOwn(problems, code), `${about} with the unknown type ${shown(body.type)}`);
  promised(body.status === answer.status, `${about}, the body says ${shown(body.status)}`);
  promised(typeof body.title === 'string' && body.title !== '', `${about} without a title`);
  promised(
    typeof body.requestId === 'string' && REQUEST_ID.test(body.requestId),
    `${about} without a requestId`,
  );
  promised(
    body.requestId === answer.headers['x-request-id'],
    `${about}: requestId ${shown(body.requestId)} is not the header's ${shown(answer.headers['x-request-id'])}`,
  );
  assertNoLeak(answer, secrets);
  return code;
}

/** @throws BrokenPromiseError when the body shows what only the operator may see */
export function assertNoLeak(answer: Answer, secrets: readonly string[] = []): void {
  const about = `${answer.method} ${shown(answer.path)} answered ${answer.status}`;
  // What the client itself sent may come back to it, as its own path does.
  const { instance: _, ...body } = (answer.json ?? {}) as Record<string, unknown>;
  const text = answer.json === undefined ? answer.text : JSON.stringify(body);
  for (const [what, pattern] of LEAKS) {
    promised(!pattern.test(text), `${about} and shows ${what}: ${shown(pattern.exec(text)?.[0])}`);
  }
  for (const secret of secrets) promised(!text.includes(secret), `${about} and shows a secret`);
}
