import { spawnSync } from 'node:child_process';
import { PROJECT_ROOT, SERVICE_NAMES } from '@parley/config';

/** Which packages of OpenTelemetry a service has loaded once its module is. */
function loadedBy(service: string, env: Record<string, string>): string[] {
  const script = `
    require('./dist/apps/${service}/src/tracing');
    require('./dist/apps/${service}/src/${service}.module');
    const found = Object.keys(require.cache).map((file) => /@opentelemetry\\/([^/]+)/.exec(file)?.[1]);
    console.log(JSON.stringify([...new Set(found)].filter(Boolean)));
    process.exit(0);`;
  const ran = spawnSync(process.execPath, ['-r', 'reflect-metadata', '-e', script], {
    cwd: PROJECT_ROOT,
    env: { PATH: process.env.PATH, ...env },
  });
  if (ran.status !== 0) throw new Error(ran.stderr.toString());
  return JSON.parse(ran.stdout.toString()) as string[];
}

// Real: the built services, loaded in processes of their own.
describe('without OTEL_EXPORTER_OTLP_ENDPOINT', () => {
  it.each(SERVICE_NAMES)('%s loads nothing of OpenTelemetry but its interface', (service) => {
    expect(loadedBy(service, {})).toEqual(['api']);
  });

  it('and with it the SDK is there, which shows that this would be noticed', () => {
    const env = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9' };
    expect(loadedBy('nlu', env)).toContain('sdk-node');
  });
});
