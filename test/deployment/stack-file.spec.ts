import { SERVICE_NAMES } from '@parley/config';
import {
  hasDocker,
  mebibytes,
  readStackFile,
  shortcomings,
  stackConfig,
  type StackService,
} from './stack-file';

const PRODUCTION = 'docker-compose.prod.yml';
const FILES = [PRODUCTION, 'docker-compose.observability.yml', 'docker-compose.tls.yml'];

/** Left out by name where there is no Docker client. */
const itWithDocker = hasDocker() ? it : it.skip;

describe.each(FILES)('%s', (file) => {
  it('keeps every promise of a production file, for every service', () => {
    expect(shortcomings(readStackFile(file))).toEqual([]);
  });

  it('names a file for every secret that is used, and no other', () => {
    const { services, secrets = {} } = readStackFile(file);
    const used = Object.values(services).flatMap(({ secrets: names = [] }) =>
      names.map((one) => (typeof one === 'string' ? one : one.source)),
    );
    expect([...new Set(used)].sort()).toEqual(Object.keys(secrets).sort());
    for (const [name, { file: path }] of Object.entries(secrets)) {
      expect(path).toBe(`./secrets/${name}`);
    }
  });

  itWithDocker('is clean for `docker stack config`, alone and beside the production file', () => {
    expect(stackConfig(file)).toEqual({ status: 0, stderr: '' });
    expect(stackConfig(...new Set([PRODUCTION, file]))).toEqual({ status: 0, stderr: '' });
  });
});

describe('compose.override.example.yml', () => {
  const EXAMPLE = 'compose.override.example.yml';
  const OBSERVABILITY = 'docker-compose.observability.yml';

  it('changes services that there are, and sends the log lines of all six', () => {
    const known = {
      ...readStackFile(PRODUCTION).services,
      ...readStackFile(OBSERVABILITY).services,
    };
    const { services } = readStackFile(EXAMPLE);
    expect(Object.keys(services).filter((name) => !(name in known))).toEqual([]);
    for (const name of SERVICE_NAMES) {
      expect(services[name]).toMatchObject({ logging: { driver: 'fluentd' } });
    }
  });

  itWithDocker('is taken by Docker beside the files that it changes', () => {
    expect(stackConfig(PRODUCTION, OBSERVABILITY, EXAMPLE).status).toBe(0);
  });
});

describe('the promises of a production file', () => {
  const { services } = readStackFile(PRODUCTION);
  const agent = services.agent as StackService;

  it.each([
    ['limits', { deploy: { ...agent.deploy, resources: {} } }],
    ['a health check with a start period', { healthcheck: { test: ['CMD', 'true'] } }],
    [
      'liveness, not readiness',
      { healthcheck: { test: ['CMD', 'x', '/readyz'], start_period: '1s' } },
    ],
    ['a user that is not root', { user: 'root' }],
    ['a root that cannot be written', { read_only: false }],
    ['a pinned image', { image: 'parley/agent:latest' }],
    ['a pinned image', { image: '${AGENT_IMAGE:-parley/agent2}' }],
    ['a plain list of what it depends on', { depends_on: { redis: {} } }],
    ['no secret in its environment', { environment: { SERVICE_API_KEY: 'x' } }],
    ['nothing that a swarm refuses', { mem_limit: '1G' }],
  ])('notice a service without %s', (says, change) => {
    const changed = { services: { agent: { ...agent, ...change } as StackService } };
    expect(shortcomings(changed)).toContain(`agent: ${says}`);
  });
});

describe('production', () => {
  const { services, networks } = readStackFile(PRODUCTION);

  it('runs the six services, the page, Postgres and Redis, and nothing else', () => {
    expect(Object.keys(services).sort()).toEqual(
      [...SERVICE_NAMES, 'page', 'postgres', 'redis'].sort(),
    );
  });

  it('asks for a key at every service', () => {
    for (const name of SERVICE_NAMES) expect(services[name]?.environment?.AUTH_ENABLED).toBe('1');
  });

  it('publishes neither Postgres nor Redis, and leaves them no way out', () => {
    for (const name of ['postgres', 'redis']) {
      expect(services[name]?.ports).toBeUndefined();
      expect(services[name]?.networks).toEqual(['data']);
    }
    expect(networks?.data?.internal).toBe(true);
  });

  it('tells each secret to those who need it only', () => {
    const whoReads = (secret: string): string[] =>
      Object.keys(services).filter((name) => services[name]?.secrets?.includes(secret));
    expect(whoReads('connections_key')).toEqual(['integrations']);
    expect(whoReads('approval_signing_key').sort()).toEqual(['agent', 'integrations']);
    expect(whoReads('postgres_password')).toEqual(['postgres']);
  });

  it('is stopped later than its services give up draining', () => {
    for (const name of SERVICE_NAMES) {
      const drainSeconds = Number(services[name]?.environment?.SHUTDOWN_GRACE_SECONDS);
      expect(parseInt(services[name]?.stop_grace_period ?? '', 10)).toBeGreaterThan(drainSeconds);
    }
  });

  it('reserves less memory than a host of 4 GB has', () => {
    const reserved = Object.values(services).map(({ deploy }) =>
      mebibytes(deploy?.resources?.reservations?.memory),
    );
    expect(reserved.reduce((sum, one) => sum + one, 0)).toBeLessThan(3_000);
  });
});
