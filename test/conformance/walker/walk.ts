import { BrokenConnectionError, BrokenPromiseError, promised } from '../../harness/broken-promise';
import type { Answer } from '../../harness/http';
import { routeFor, routesOf, SERVER_PROBLEMS, type Route } from '../harness/open-api';
import { assertNoLeak, problemCode } from '../harness/problem';
import { assertSecurityHeaders } from '../harness/security-headers';
import type { Subject } from '../harness/subject';
import { casesOf, type Case } from './cases';
import { Seeded } from '../../harness/seeded';

/** The same cases each time; another seed tries others. */
const SEED = Number(process.env.WALKER_SEED ?? 20_261_123);
const AT_ONCE = 4;
/** Longer than any request may take. */
const HANG_MS = 30_000;

export interface Walked {
  asked: number;
  /** What was wrong, each kind once. */
  complaints: string[];
}

/** Sends every case to every route of the service, and says what was not answered as promised. */
export async function walk(subject: Subject): Promise<Walked> {
  const document = await subject.openApi();
  const routes = routesOf(document);
  const seeded = new Seeded(SEED);
  const queue = routes
    .filter(({ template }) => !template.startsWith('/docs'))
    .flatMap((route) => casesOf(route, document, seeded).map((found) => ({ route, found })));
  const asked = queue.length;
  const complaints = new Map<string, string>();
  const worker = async (): Promise<void> => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      const { route, found } = next;
      const complaint = await tried(subject, routes, found);
      if (complaint === undefined) continue;
      const kind = `${route.method} ${route.template}: ${complaint.replaceAll(/[0-9a-f-]{8,}/g, '*')}`;
      if (!complaints.has(kind)) {
        complaints.set(kind, `${route.method} ${route.template}, ${found.about}: ${complaint}`);
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  const { status } = await subject.ask('/livez', { key: null });
  if (status !== 200) complaints.set('end', `afterwards /livez answers ${status}`);
  return { asked, complaints: [...complaints.values()] };
}

/** @returns what was wrong with the answer. */
async function tried(
  subject: Subject,
  routes: readonly Route[],
  found: Case,
): Promise<string | undefined> {
  try {
    const answer = await subject.ask(found.path, { ...found.ask, limitMs: HANG_MS });
    judge(answer, subject, routes);
    return undefined;
  } catch (error) {
    if (error instanceof BrokenConnectionError && found.mayCut) return undefined;
    if (error instanceof BrokenPromiseError) return error.message;
    throw error;
  }
}

function judge(answer: Answer, subject: Subject, routes: readonly Route[]): void {
  const { status, method, path } = answer;
  promised(status < 500, `it answered ${status}: ${answer.text.slice(0, 200)}`);
  assertSecurityHeaders(answer);
  if (status >= 400) problemCode(answer, subject.around.secrets);
  else assertNoLeak(answer, subject.around.secrets);
  const documented = Object.keys(routeFor(routes, method, path)?.operation.responses ?? {});
  // A document that names no refusal at all does not speak of them.
  const speaks = documented.some((known) => /^(4|default)/.test(known));
  const known = [String(status), `${String(status)[0] ?? ''}XX`, 'default'];
  promised(
    !speaks ||
      SERVER_PROBLEMS.test(String((answer.json as { type?: unknown } | undefined)?.type)) ||
      known.some((name) => documented.includes(name)),
    `it answered ${status}, which is not documented (${documented.join(', ')})`,
  );
}
