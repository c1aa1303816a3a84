import { promised, shown } from '../../harness/broken-promise';
import type { Answer } from '../../harness/http';
import { assertNoLeak, problemCode } from '../harness/problem';
import { asksForNothing, routesOf } from '../harness/open-api';
import { spareOf } from '../harness/spare';
import type { Subject } from '../harness/subject';
import { pledges } from '../pledge';

const OPERATIONAL = /^\/(health|livez|readyz|metrics|docs|openapi\.json)/;
const SOME_ID = '01900000-0000-7000-8000-000000000000';

export const errorPledges = pledges(1, [
  {
    says: 'answers every refusal with a problem from the catalogue that carries the request id',
    check: async (subject) => {
      const refusals: [string, number, () => Promise<Answer>][] = [
        ['not-found', 404, () => subject.ask('/v1/nothing-here')],
        ['', 404, () => subject.ask(subject.sample.unknown)],
        ['unauthorized', 401, () => subject.ask(subject.sample.read, { key: null })],
        ['method-not-allowed', 405, () => subject.ask(subject.sample.read, { method: 'DELETE' })],
      ];
      if (subject.sample.write) {
        const write = await subject.newWrite();
        const { path, badBody } = write;
        refusals.push(
          ['validation-failed', 400, () => subject.ask(path, { method: 'POST', json: badBody })],
          ['malformed-json', 400, () => subject.ask(path, json('{"a":'))],
        );
      }
      for (const [wanted, status, ask] of refusals) {
        const answer = await ask();
        const code = problemCode(answer, subject.around.secrets);
        promised(
          answer.status === status && (wanted === '' || code === wanted),
          `${answer.method} ${answer.path} should be ${status} ${wanted}, is ${answer.status} ${code}`,
        );
      }
    },
  },
  {
    says: 'asks for an API key on every route but the operational ones and those that say otherwise, and takes each of several',
    check: async (subject) => {
      const { keys } = subject.around;
      for (const { method, template, operation } of routesOf(await subject.openApi())) {
        const path = template.replaceAll(/\{[^}]+\}/g, SOME_ID);
        const { status } = await subject.ask(path, { method, key: null });
        if (asksForNothing(operation)) {
          promised(status !== 401, `${method} ${template} says that it asks for nothing, and does`);
          continue;
        }
        const open = OPERATIONAL.test(template);
        promised(
          open ? status < 400 : status === 401,
          `${method} ${template} without a key answered ${status}`,
        );
      }
      for (const headers of [
        { authorization: `Bearer ${keys[1]}` },
        { 'x-api-key': keys[1] },
        { 'x-api-key': keys[0] },
      ]) {
        const { status } = await subject.ask(subject.sample.read, { key: null, headers });
        promised(
          status !== 401,
          `${Object.keys(headers).join()} with a valid key answered ${status}`,
        );
      }
      for (const wrong of [`${keys[0]}x`, keys[0].slice(1), '', 'null', `${keys[0]},${keys[1]}`]) {
        const headers = { authorization: `Bearer ${wrong}` };
        const { status } = await subject.ask(subject.sample.read, { key: null, headers });
        promised(status === 401, `a wrong key answered ${status}`);
      }
    },
  },
  {
    says: 'tells nobody how a failure on our side came about',
    check: async (subject) => {
      const { process, database } = await spareOf(subject);
      const { path, table } = subject.sample.slowRead;
      const away = `${table.split('.')[1] ?? ''}_away`;
      await database.query(`ALTER TABLE ${table} RENAME TO ${away}`);
      try {
        const answer = await subject.ask(path, {}, process);
        promised(answer.status === 500, `a broken table answered ${answer.status}`);
        promised(
          problemCode(answer, subject.around.secrets) === 'internal',
          'it is not `internal`',
        );
        const { detail } = answer.json as { detail?: unknown };
        promised(detail === undefined, `it says how: ${shown(detail)}`);
      } finally {
        await database.query(`ALTER TABLE ${away.replace(/^/, `${table.split('.')[0] ?? ''}.`)}
          RENAME TO ${table.split('.')[1] ?? ''}`);
      }
    },
  },
  {
    says: 'shows neither secrets nor addresses on its health and metrics pages',
    check: async (subject) => {
      for (const path of ['/health', '/readyz', '/livez', '/metrics']) {
        const answer = await subject.ask(path, { key: null });
        promised(answer.status === 200, `${path} answered ${answer.status}`);
        assertNoLeak(answer, [...subject.around.secrets, subject.around.redisUrl]);
      }
    },
  },
]);

function json(body: string): Parameters<Subject['ask']>[1] {
  return { method: 'POST', body, headers: { 'content-type': 'application/json' } };
}
