import { promised, shown } from '../../harness/broken-promise';
import { eventually } from '../../harness/eventually';
import { valueOf } from '../harness/exposition';
import { spareOf, type Spare } from '../harness/spare';
import type { Subject } from '../harness/subject';
import { pledges } from '../pledge';

/** How fresh the gauge has to be. */
const FRESH_MS = 10_000;
const COMPONENTS = ['redis', 'postgres'] as const;
type Component = (typeof COMPONENTS)[number];

interface Report {
  status?: string;
  dependencies?: Record<string, { status?: string; latencyMs?: number; reason?: string }>;
}

export const probePledges = pledges(4, [
  {
    says: 'tells on /health how each dependency is and how fast it answers',
    check: async (subject) => {
      const { json, status } = await subject.ask('/health', { key: null });
      const report = json as Report | undefined;
      promised(status === 200 && report?.status === 'healthy', `/health: ${status} ${shown(json)}`);
      for (const component of COMPONENTS) {
        const found = report.dependencies?.[component];
        promised(found?.status === 'up', `${component} is not said to be up: ${shown(found)}`);
        promised(typeof found.latencyMs === 'number', `${component} has no latency`);
      }
    },
  },
  ...COMPONENTS.map((component) => ({
    says: `without ${component} stays live, is degraded with 200, not ready if it is required, and its gauge shows it within 10 s unasked`,
    limitMs: 120_000,
    check: async (subject: Subject) => {
      const spare = await spareOf(subject);
      await eventually(`the gauge of ${component} is not 1`, FRESH_MS, () =>
        gaugeIs(subject, spare, component, 1),
      );
      await spare[component].shut();
      try {
        const live = await subject.ask('/livez', { key: null, limitMs: 1_000 }, spare.process);
        promised(live.status === 200, `/livez answered ${live.status}`);
        // Nobody asks for health meanwhile: only the metrics are read.
        await eventually(`the gauge of ${component} was not 0 in 10 s`, FRESH_MS, () =>
          gaugeIs(subject, spare, component, 0),
        );
        const health = await subject.ask('/health', { key: null }, spare.process);
        const { status, dependencies } = health.json as Report;
        promised(
          health.status === 200 && status === 'degraded',
          `/health answered ${health.status} ${shown(status)}`,
        );
        const found = dependencies?.[component];
        promised(found?.status === 'down', `/health says of ${component}: ${shown(found)}`);
        promised(typeof found.reason === 'string', `/health gives no reason: ${shown(found)}`);
        await assertReadyIsHonest(subject, spare);
      } finally {
        await spare[component].open();
      }
      await eventually(`the gauge of ${component} was not 1 again in 10 s`, FRESH_MS, () =>
        gaugeIs(subject, spare, component, 1),
      );
      await spare.process.ready(15_000);
    },
  })),
]);

async function gaugeIs(
  subject: Subject,
  { process }: Spare,
  component: Component,
  value: number,
): Promise<boolean | undefined> {
  const samples = await subject.metrics(process);
  const found = valueOf(samples, `${subject.prefix}_dependency_up`, { component });
  return found === value || undefined;
}

/** 503 exactly when something that it counts as required is down. */
async function assertReadyIsHonest(subject: Subject, { process }: Spare): Promise<void> {
  const { status, json } = await subject.ask('/readyz', { key: null }, process);
  const { dependencies = {} } = json as Report;
  const down = Object.entries(dependencies).filter(([, found]) => found.status !== 'up');
  promised(
    status === (down.length > 0 ? 503 : 200),
    `/readyz answered ${status} with ${down.map(([name]) => name).join(', ') || 'nothing'} down`,
  );
}
