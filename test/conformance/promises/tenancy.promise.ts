import { promised, shown } from '../../harness/broken-promise';
import type { Ask } from '../../harness/http';
import { plantForeignThings, type ForeignThings } from '../harness/foreign-things';
import { asksForNothing, routesOf, type OpenApi, type Route } from '../harness/open-api';
import { problemCode } from '../harness/problem';
import { revoke, strangersFullKey, strangersKey } from '../harness/stranger';
import { eventually } from '../../harness/eventually';
import { pledges } from '../pledge';
import { validValue } from '../walker/valid-value';

const NOTHING = '01900000-0000-7000-8000-000000000000';
/** Asked for in vain: only the operator chooses a workspace. */
const THEIRS = { 'x-workspace-id': 'default' };
/** There is no place for them here; whose they are, their own medium specs ask. */
const NEEDS_BLOBS = new Set(['/v1/meetings/{id}/recording', '/v1/documents/{id}/original']);
const UPGRADE = {
  connection: 'Upgrade',
  upgrade: 'websocket',
  'sec-websocket-version': '13',
  'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
};

export const tenancyPledges = pledges(26, [
  {
    says: "answers 404 on every route, feed and socket to a key of another workspace that names its owner's ids",
    check: async (subject) => {
      const things = await plantForeignThings(subject);
      const key = await strangersKey(subject);
      const document = await subject.openApi();
      for (const route of apiRoutes(document).filter(({ template }) => template.includes('{'))) {
        const path = pathTo(route.template, things);
        const about = `${route.method} ${route.template}`;
        if (isPlainRead(route) && !ofSomething(route) && !NEEDS_BLOBS.has(route.template)) {
          const { status } = await subject.ask(path);
          promised(status === 200, `${about} answered ${status} to whose it is`);
        }
        const ask = { ...askOf(route, document), key };
        const answer = await subject.ask(path, { ...ask, headers: { ...ask.headers, ...THEIRS } });
        promised(answer.status === 404, `${about} answered ${answer.status}, and not 404`);
        problemCode(answer, subject.around.secrets);
      }
      for (const socket of subject.sample.sockets.filter((path) => path.includes('{id}'))) {
        const path = pathTo(socket, things);
        const { status } = await subject.ask(path, { key, headers: { ...UPGRADE, ...THEIRS } });
        promised(status === 404, `the socket ${socket} answered ${status}, and not 404`);
      }
    },
  },
  {
    says: 'shows a key of another workspace nothing of it in lists and searches',
    check: async (subject) => {
      const { marker, ids } = await plantForeignThings(subject);
      const key = await strangersKey(subject);
      const document = await subject.openApi();
      for (const route of apiRoutes(document).filter(isListOrSearch)) {
        const ask = askOf(route, document, marker);
        const headers = { ...ask.headers, ...THEIRS };
        const answer = await subject.ask(route.template, { ...ask, headers, key });
        const about = `${route.method} ${route.template}`;
        promised(answer.status < 400 || answer.status === 403, `${about}: ${answer.status}`);
        for (const theirs of [marker, ...Object.values(ids)]) {
          promised(!answer.text.includes(theirs), `${about} shows ${theirs} of another workspace`);
        }
      }
    },
  },
  {
    says: 'refuses on every route a key without the scope that the document names, and says which',
    check: async (subject) => {
      const document = await subject.openApi();
      const routes = apiRoutes(document);
      const silent = routes.filter(({ operation }) => operation['x-scope'] === undefined);
      promised(silent.length === 0, `${shown(silent[0]?.template)} does not say what it needs`);
      const reader = await strangersKey(subject, ['read']);
      const others = await strangersKey(subject, ['capture', 'approve', 'admin']);
      for (const { method, template, operation } of routes) {
        const scope = operation['x-scope'];
        if (scope === 'any' || asksForNothing(operation)) continue;
        const path = template.replaceAll(/\{[^}]+\}/g, NOTHING);
        const answer = await subject.ask(path, { method, key: scope === 'read' ? others : reader });
        const about = `${method} ${template}`;
        promised(answer.status === 403, `${about} answered ${answer.status}, and not 403`);
        promised(problemCode(answer) === 'forbidden', `${about} says another problem`);
        const named = scope === 'operator' ? 'operator' : `"${shown(scope)}"`;
        promised(answer.text.includes(named.replaceAll('"', '\\"')), `${about} names no ${named}`);
      }
    },
  },
  {
    says: 'refuses a key within seconds of its revocation',
    check: async (subject) => {
      const key = await strangersFullKey(subject);
      await revoke(subject, key);
      await eventually('a revoked key is still let in after 5 s', 5_000, async () => {
        const { status } = await subject.ask('/v1/nothing', { key: key.secret });
        return status === 401 ? true : undefined;
      });
    },
  },
]);

function apiRoutes(document: OpenApi): Route[] {
  return routesOf(document).filter(({ template }) => template.startsWith('/v1/'));
}

function pathTo(template: string, { ids }: ForeignThings): string {
  const [prefix = ''] = /^[^}]+\}/.exec(template) ?? [];
  const id = ids[prefix];
  promised(id !== undefined, `foreign-things.ts plants nothing for ${prefix}`);
  return template.replace(/\{[^}]+\}/, id).replaceAll(/\{[^}]+\}/g, NOTHING);
}

/** Whether its owner can be shown the thing without waiting for an end that does not come. */
function isPlainRead({ method, operation }: Route): boolean {
  const types = Object.values(operation.responses).flatMap(({ content = {} }) =>
    Object.keys(content),
  );
  return method === 'GET' && !types.includes('text/event-stream');
}

/** Whether it leads on to a thing within a thing, of which none is planted. */
function ofSomething({ template }: Route): boolean {
  return template.split('{').length > 2;
}

/** What asks for something certain is neither: without that it answers 400. */
function isListOrSearch({ method, template, operation }: Route): boolean {
  const certain = operation.parameters?.some(
    ({ in: place, required }) => place === 'query' && required,
  );
  return (
    !certain &&
    !template.includes('{') &&
    (method === 'GET' || /\/(search|ask|things)$/.test(template))
  );
}

/** A request that the route takes; its texts say `text`. */
function askOf({ method, operation }: Route, document: OpenApi, text?: string): Ask {
  const content = operation.requestBody?.content ?? {};
  const types = Object.keys(content);
  if (types.includes('application/json')) {
    const value = validValue(content['application/json']?.schema, document);
    const fields = Object.entries((value ?? {}) as Record<string, unknown>).map(
      ([name, one]): [string, unknown] => [name, typeof one === 'string' && text ? text : one],
    );
    return { method, json: Object.fromEntries(fields) };
  }
  if (types.includes('multipart/form-data')) {
    const part = 'Content-Disposition: form-data; name="file"; filename="a.txt"';
    const headers = { 'content-type': 'multipart/form-data; boundary=b' };
    return { method, headers, body: `--b\r\n${part}\r\n\r\ntext\r\n--b--\r\n` };
  }
  return { method };
}
