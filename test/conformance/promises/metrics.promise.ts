import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT_ROOT } from '@parley/config';
import { promised, shown } from '../../harness/broken-promise';
import { valueOf } from '../harness/exposition';
import { pipelined } from '../harness/pipeline';
import { pledges } from '../pledge';

const RANDOM_URLS = 10_000;
/** DESIGN section 7: what a request may take by default; asr and rag have more time. */
const TIMEOUT_SECONDS = 15;
const LONGER_TIMEOUT_SECONDS = 20;

/** What every process has, and every guide to Prometheus explains. */
const OF_THE_RUNTIME = /^(?:\w+_)?(?:process|nodejs)_/;

export const metricPledges = pledges(12, [
  {
    says: 'has the metrics that operators are promised, filled by what happened',
    check: async (subject) => {
      const { prefix } = subject;
      const count = async (labels: Record<string, string>): Promise<number> =>
        valueOf(await subject.metrics(), `${prefix}_http_requests_total`, labels) ?? 0;
      const before = await count({ method: 'GET', status: '200' });
      const read = await subject.ask(subject.sample.read);
      const after = await count({ method: 'GET' });
      promised(read.status >= 500 || after > before, 'requests are not counted');
      const unauthorized = await count({ status: '401' });
      await subject.ask(subject.sample.read, { key: null });
      promised((await count({ status: '401' })) === unauthorized + 1, 'a refusal is not counted');

      const samples = await subject.metrics();
      for (const name of [
        `${prefix}_http_requests_total`,
        `${prefix}_http_request_duration_seconds_bucket`,
        `${prefix}_http_errors_total`,
        `${prefix}_dependency_up`,
      ]) {
        promised(valueOf(samples, name) !== undefined, `there is no ${name}`);
      }
      for (const name of [
        /^(\w+_)?process_cpu_seconds_total$/,
        /^(\w+_)?process_resident_memory_bytes$/,
        /^(\w+_)?nodejs_eventloop_lag/,
      ]) {
        promised(valueOf(samples, name) !== undefined, `there is no ${String(name)}`);
      }
      const foreign = samples.filter(
        ({ name }) => name.endsWith('_http_requests_total') && !name.startsWith(`${prefix}_`),
      );
      promised(foreign.length === 0, `another service's metrics are there: ${shown(foreign[0])}`);
    },
  },
  {
    says: 'has no metric that docs/observability.md does not name',
    check: async (subject) => {
      const { prefix } = subject;
      const { text } = await subject.ask('/metrics', { key: null });
      const served = [...text.matchAll(/^# TYPE (\w+)/gm)].flatMap(([, name]) => name ?? []);
      const own = served.filter((name) => !OF_THE_RUNTIME.test(name));
      promised(own.length > 0, 'there are none');
      const page = readFileSync(join(PROJECT_ROOT, 'docs/observability.md'), 'utf8');
      const named = new Set([...page.matchAll(/`(\w+)(?:\{[\w,]+\})?`/g)].map(([, name]) => name));
      const strange = own.filter(
        (name) => !named.has(name) && !named.has(name.slice(prefix.length + 1)),
      );
      promised(strange.length === 0, `it does not name ${strange.join(', ')}`);
    },
  },
  {
    says: 'counts errors by their kind: validation, unhandled, timeout',
    check: async (subject) => {
      const samples = await subject.metrics();
      for (const type of ['validation', 'unhandled', 'timeout']) {
        const found = valueOf(samples, `${subject.prefix}_http_errors_total`, { type });
        promised(found !== undefined, `there is no type="${type}", not even at 0`);
      }
      const before = valueOf(samples, `${subject.prefix}_http_errors_total`, {
        type: 'validation',
      });
      await subject.ask(`${subject.sample.read}?limit=none&nobody-knows=this`);
      if (subject.sample.write) {
        const { path, badBody } = await subject.newWrite();
        await subject.ask(path, { method: 'POST', json: badBody });
        const after = valueOf(await subject.metrics(), `${subject.prefix}_http_errors_total`, {
          type: 'validation',
        });
        promised(Number(after) > Number(before), 'a refused body is not counted');
      }
    },
  },
  {
    says: 'passes `promtool check metrics`',
    impossible: () =>
      spawnSync('promtool', ['--version']).error ? 'promtool is not installed here' : '',
    check: async (subject) => {
      const { text } = await subject.ask('/metrics', { key: null });
      const { status, stdout, stderr } = spawnSync('promtool', ['check', 'metrics'], {
        input: text,
        encoding: 'utf8',
      });
      promised(status === 0 && stderr === '', `promtool: ${shown(`${stdout}${stderr}`)}`);
    },
  },
  {
    says: `has no more series after ${RANDOM_URLS.toLocaleString('en')} random URLs and methods than before`,
    check: async (subject) => {
      const [key] = subject.around.keys;
      const methods = [
        'GET',
        'POST',
        'PUT',
        'DELETE',
        'PATCH',
        'HEAD',
        'OPTIONS',
        'PROPFIND',
        'SEARCH',
        'LOCK',
      ];
      const request = (at: number): string => {
        const where = at % 3 === 0 ? subject.sample.unknown.slice(0, -6) : '/v1/';
        const path = `${where}${randomBytes(6).toString('hex')}?q=${String(at)}`;
        return `${methods[at % methods.length] ?? 'GET'} ${path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${key}\r\nContent-Length: 0\r\n\r\n`;
      };
      // Every method and every kind of path once.
      await pipelined(subject.main.url, 300, request);
      const before = (await subject.metrics()).length;
      await pipelined(subject.main.url, RANDOM_URLS, request);
      const after = (await subject.metrics()).length;
      promised(after <= before + 20, `${before} series became ${after}`);
    },
  },
  {
    says: 'has duration buckets that reach past the request timeout',
    check: async (subject) => {
      const name = `${subject.prefix}_http_request_duration_seconds_bucket`;
      const bounds = (await subject.metrics())
        .filter((sample) => sample.name === name)
        .map(({ labels }) => Number(labels.le))
        .filter(Number.isFinite);
      const timeout = ['asr', 'rag'].includes(subject.name)
        ? LONGER_TIMEOUT_SECONDS
        : TIMEOUT_SECONDS;
      const last = Math.max(...bounds);
      promised(last > timeout, `the last bucket ends at ${last} s`);
    },
  },
]);
