import { Inject, Injectable } from '@nestjs/common';
import { HealthRegistry } from './health.registry';
import { Lifecycle } from './lifecycle';
import type { ProbeCache } from './probe-cache';

/** By name, each with whatever else its check tells of it. */
export type Dependencies = Record<string, { status: 'up' | 'down'; [detail: string]: unknown }>;

export interface HealthReport {
  status: 'healthy' | 'degraded';
  dependencies: Dependencies;
}

/** Asks each registered dependency, in parallel and with a time limit, how it is. */
@Injectable()
export class HealthService {
  constructor(
    @Inject(HealthRegistry) private readonly registry: HealthRegistry,
    @Inject(Lifecycle) private readonly lifecycle: Lifecycle,
  ) {}

  async report(): Promise<HealthReport> {
    const dependencies = await this.ask(this.registry.checks);
    return { status: allUp(dependencies) ? 'healthy' : 'degraded', dependencies };
  }

  async ready(): Promise<{ ready: boolean; dependencies: Dependencies }> {
    const required = this.registry.checks.filter(({ check }) => check.required);
    const serving = this.lifecycle.phase === 'serving';
    const draining = !serving && this.lifecycle.phase !== 'starting';
    const dependencies = draining ? {} : await this.ask(required);
    return { ready: serving && allUp(dependencies), dependencies };
  }

  private async ask(checks: readonly ProbeCache[]): Promise<Dependencies> {
    const found = await Promise.all(
      checks.map(async (cache) => {
        const { up, ...details } = await cache.ask();
        const status = up ? ('up' as const) : ('down' as const);
        return [cache.check.name, { ...details, status }] as const;
      }),
    );
    return Object.fromEntries(found);
  }
}

function allUp(dependencies: Dependencies): boolean {
  return Object.values(dependencies).every(({ status }) => status === 'up');
}
