import { configureLogging, Metrics } from '@parley/observability';
import { Registry } from 'prom-client';
import { DependencyWatch } from './dependency-watch';
import { HealthRegistry } from './health.registry';

// Fake: the dependency, the clock.
describe('DependencyWatch', () => {
  let prometheus: Registry;
  let health: HealthRegistry;
  let watch: DependencyWatch;
  let up: boolean | 'hangs';
  let asked: number;
  let logged: string[];

  beforeEach(() => {
    jest.useFakeTimers();
    logged = [];
    configureLogging({ level: 'info', write: (line) => logged.push(line) });
    prometheus = new Registry();
    health = new HealthRegistry();
    up = true;
    asked = 0;
    health.registerHealthCheck('postgres', true, () => {
      asked += 1;
      return up === 'hangs' ? new Promise(() => undefined) : Promise.resolve({ up });
    });
    watch = new DependencyWatch(health, new Metrics('demo', prometheus));
    watch.onApplicationBootstrap();
  });
  afterEach(() => {
    watch.beforeApplicationShutdown();
    jest.useRealTimers();
    jest.restoreAllMocks();
  });

  const gauge = async (): Promise<string | undefined> =>
    (await prometheus.metrics()).split('\n').find((line) => line.startsWith('demo_dependency_up'));

  it('says within 10 s that a dependency went, came back, or hangs, with nobody asking', async () => {
    await jest.advanceTimersByTimeAsync(0);
    expect(await gauge()).toBe('demo_dependency_up{component="postgres"} 1');
    for (const [state, value] of [
      [false, 0],
      [true, 1],
      ['hangs', 0],
    ] as const) {
      up = state;
      await jest.advanceTimersByTimeAsync(10_000);
      expect(await gauge()).toBe(`demo_dependency_up{component="postgres"} ${value}`);
    }
  });

  it('logs the change, not the state', async () => {
    up = false;
    await jest.advanceTimersByTimeAsync(60_000);
    expect(logged).toHaveLength(1);
    expect(JSON.parse(logged[0] ?? '')).toMatchObject({
      event: 'dependency.away',
      component: 'postgres',
    });
  });

  it('asks no more once the service stops', async () => {
    await jest.advanceTimersByTimeAsync(0);
    watch.beforeApplicationShutdown();
    await jest.advanceTimersByTimeAsync(60_000);
    expect(asked).toBe(1);
  });
});
