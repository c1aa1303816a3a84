import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PROJECT_ROOT } from '@parley/config';
import { freePorts } from '@parley/testing';
import { eventually } from '../harness/eventually';

const START_LIMIT_MS = 60_000;

export interface PrometheusServer {
  /** @returns how many series a query yields. @throws Error what Prometheus says of one that is wrong */
  count(query: string): Promise<number>;
  stop(): Promise<void>;
}

/** Debian's `prometheus` with the shipped rules, scraping each job every second. @param targets host and port by job */
export async function startPrometheus(targets: Record<string, string>): Promise<PrometheusServer> {
  const folder = mkdtempSync(join(tmpdir(), 'parley-prometheus-'));
  const jobs = Object.entries(targets).map(
    ([job, target]) => `  - { job_name: ${job}, static_configs: [{ targets: ['${target}'] }] }`,
  );
  writeFileSync(
    join(folder, 'prometheus.yml'),
    [
      'global: { scrape_interval: 1s, scrape_timeout: 1s, evaluation_interval: 1s }',
      `rule_files: ['${join(PROJECT_ROOT, 'docker/observability/prometheus/rules')}/*.rules.yml']`,
      'scrape_configs:',
      ...jobs,
    ].join('\n'),
  );
  const [port] = await freePorts(1);
  const url = `http://127.0.0.1:${String(port)}`;
  const server = spawn(
    'prometheus',
    [
      `--config.file=${join(folder, 'prometheus.yml')}`,
      `--storage.tsdb.path=${join(folder, 'data')}`,
      `--web.listen-address=127.0.0.1:${String(port)}`,
      '--log.level=error',
    ],
    { stdio: 'ignore' },
  );
  const gone = once(server, 'close');
  const stop = async (): Promise<void> => {
    server.kill('SIGKILL');
    await gone;
    rmSync(folder, { recursive: true, force: true });
  };
  const ready = (): Promise<boolean> =>
    fetch(`${url}/-/ready`)
      .then(({ ok }) => ok)
      .catch(() => false);
  await eventually('Prometheus does not start', START_LIMIT_MS, ready);
  const count = async (query: string): Promise<number> => {
    const answer = await fetch(`${url}/api/v1/query?${new URLSearchParams({ query }).toString()}`);
    const body = (await answer.json()) as { error?: string; data?: { result: unknown[] } };
    if (!body.data) throw new Error(`${query}: ${body.error ?? 'no answer'}`);
    return body.data.result.length;
  };
  return { count, stop };
}
