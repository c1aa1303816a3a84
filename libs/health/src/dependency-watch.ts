import {
  Inject,
  Injectable,
  Optional,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { makeContext, Metrics, runInContext, logEvent } from '@parley/observability';
import type { Gauge } from 'prom-client';
import { HealthRegistry } from './health.registry';
import type { Finding } from './probe-cache';

/** With a probe's own limit of 2 s the gauge is right within 10 s, whatever happens. */
const EVERY_MS = 5_000;

/** Keeps `<service>_dependency_up` fresh without anyone asking, and logs when a dependency goes or comes back. */
@Injectable()
export class DependencyWatch implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly gauge: Gauge<'component'> | undefined;
  private readonly service: string;
  private readonly known = new Map<string, boolean>();
  private timer: NodeJS.Timeout | undefined;
  private stopped = false;

  constructor(
    @Inject(HealthRegistry) private readonly registry: HealthRegistry,
    @Optional() @Inject(Metrics) metrics?: Metrics,
  ) {
    this.service = metrics?.service ?? 'parley';
    this.gauge = metrics?.gauge(
      'dependency_up',
      'Whether a dependency answered when last asked, at most 10 s ago: 1 or 0.',
      ['component'],
    );
  }

  onApplicationBootstrap(): void {
    // A context of its own: the work that starts a service is over when this goes on.
    runInContext(makeContext(this.service, {}), () => {
      void this.look();
    });
  }

  beforeApplicationShutdown(): void {
    this.stopped = true;
    clearTimeout(this.timer);
  }

  private async look(): Promise<void> {
    const checks = this.registry.checks;
    await Promise.all(
      checks.map(async (cache) => {
        this.note(cache.check.name, await cache.ask());
      }),
    );
    if (this.stopped) return;
    // A fifth of it random: six services do not ask one database at the same moment.
    this.timer = setTimeout(() => void this.look(), EVERY_MS * (0.8 + Math.random() / 5));
    this.timer.unref();
  }

  private note(component: string, { up, reason, latencyMs }: Finding): void {
    this.gauge?.set({ component }, up ? 1 : 0);
    const before = this.known.get(component);
    this.known.set(component, up);
    if (before === up || (before === undefined && up)) return;
    if (up) logEvent('dependency.back', { component, latencyMs });
    else logEvent('dependency.away', { component, reason, latencyMs });
  }
}
