import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT_ROOT } from '@parley/config';
import { parse } from 'yaml';

/** Of a Compose file what the tests look at, after its anchors are filled in. */
export interface StackService {
  image?: string;
  user?: string;
  read_only?: boolean;
  init?: boolean;
  cap_drop?: string[];
  networks?: string[];
  ports?: string[];
  secrets?: (string | { source: string })[];
  environment?: Record<string, string>;
  env_file?: string[];
  depends_on?: unknown;
  stop_grace_period?: string;
  logging?: { driver: string; options?: Record<string, string> };
  healthcheck?: { test: string[]; start_period?: string };
  deploy?: {
    update_config?: Record<string, unknown>;
    rollback_config?: Record<string, unknown>;
    restart_policy?: Record<string, unknown>;
    resources?: { limits?: Resources; reservations?: Resources };
  };
}

interface Resources {
  cpus?: string;
  memory?: string;
  pids?: number;
}

export interface StackFile {
  services: Record<string, StackService>;
  networks?: Record<string, { internal?: boolean } | null>;
  secrets?: Record<string, { file: string }>;
}

/** @throws Error when it is no YAML */
export function readStackFile(name: string): StackFile {
  return parse(readFileSync(join(PROJECT_ROOT, name), 'utf8'), { merge: true }) as StackFile;
}

/**
 * What a service of a production file lacks: limits, reservations, a health check with a start period, time
 * to stop, a rollout that is taken back, no root, no writable root, bounded logs, a pinned image.
 */
export function shortcomings({ services }: StackFile): string[] {
  return Object.entries(services).flatMap(([name, service]) =>
    PLEDGES.flatMap(([says, holds]) => (holds(service) ? [] : [`${name}: ${says}`])),
  );
}

const REFUSED_BY_SWARM = ['mem_limit', 'cpus', 'profiles', 'privileged', 'network_mode'];

const PLEDGES: [says: string, holds: (service: StackService) => boolean][] = [
  ['limits', ({ deploy }) => isFull(deploy?.resources?.limits)],
  ['a limit of processes', ({ deploy }) => Number(deploy?.resources?.limits?.pids) > 0],
  ['reservations', ({ deploy }) => isFull(deploy?.resources?.reservations)],
  [
    'a health check with a start period',
    ({ healthcheck }) => Boolean(healthcheck?.test.length && healthcheck.start_period),
  ],
  [
    'liveness, not readiness',
    ({ healthcheck }) => !/readyz|:800\d\/health/.test(String(healthcheck?.test)),
  ],
  ['time to stop', ({ stop_grace_period: period }) => Boolean(period)],
  [
    'an update that is taken back',
    ({ deploy }) => deploy?.update_config?.failure_action === 'rollback',
  ],
  [
    'an order of update and rollback',
    ({ deploy }) => Boolean(deploy?.update_config?.order && deploy.rollback_config?.order),
  ],
  ['a restart policy', ({ deploy }) => Boolean(deploy?.restart_policy?.condition)],
  ['a user that is not root', ({ user }) => /^[1-9]\d*:[1-9]\d*$/.test(user ?? '')],
  ['a root that cannot be written', ({ read_only: readOnly }) => readOnly === true],
  ['no capability', ({ cap_drop: dropped }) => dropped?.join() === 'ALL'],
  ['an init process', ({ init }) => init === true],
  [
    'bounded logs',
    ({ logging }) => Boolean(logging?.options?.['max-size'] && logging.options['max-file']),
  ],
  [
    'a pinned image',
    ({ image = '' }) => /^[^:]+:v?\d[\w.-]*$/.test(image.replace(/\$\{\w+:-([^}]*)\}/g, '$1')),
  ],
  ['networks of its own', ({ networks }) => (networks?.length ?? 0) > 0],
  ['nothing that a swarm refuses', (service) => !REFUSED_BY_SWARM.some((key) => key in service)],
  [
    'a plain list of what it depends on',
    ({ depends_on: on }) => on === undefined || Array.isArray(on),
  ],
  [
    'no secret in its environment',
    ({ environment }) => !Object.keys(environment ?? {}).some(isSecret),
  ],
];

function isFull(resources: Resources | undefined): boolean {
  return Boolean(resources?.cpus && resources.memory);
}

function isSecret(name: string): boolean {
  return /PASSWORD$|_KEY$|_TOKEN$|SECRET$|^DATABASE_URL$|^REDIS_URL$/.test(name);
}

/** MiB of `512M` or `1G`. */
export function mebibytes(memory: string | undefined): number {
  const [, amount, unit] = /^(\d+)([MG])$/.exec(memory ?? '') ?? [];
  return Number(amount ?? NaN) * (unit === 'G' ? 1024 : 1);
}

/** Whether there is a Docker client; it needs no engine to read files. */
export function hasDocker(): boolean {
  return spawnSync('docker', ['--version']).error === undefined;
}

/** What `docker stack config` says of files. */
export function stackConfig(...files: string[]): { status: number | null; stderr: string } {
  const args = ['stack', 'config', ...files.flatMap((file) => ['-c', file])];
  const { status, stderr } = spawnSync('docker', args, { cwd: PROJECT_ROOT, encoding: 'utf8' });
  return { status, stderr };
}
