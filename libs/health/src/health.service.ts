import { Inject, Injectable } from '@nestjs/common';
import type { HealthIndicatorResult } from '@nestjs/terminus';
import { HealthIndicatorService } from '@nestjs/terminus/dist/health-indicator/health-indicator.service';
import { HealthRegistry } from './health.registry';
import { Lifecycle } from './lifecycle';
import type { ProbeCache } from './probe-cache';

export interface HealthReport {
  status: 'healthy' | 'degraded';
  dependencies: HealthIndicatorResult;
}

/** Asks each registered dependency, in parallel and with a time limit, how it is. */
@Injectable()
export class HealthService {
  constructor(
    @Inject(HealthRegistry) private readonly registry: HealthRegistry,
    @Inject(HealthIndicatorService) private readonly indicators: HealthIndicatorService,
    @Inject(Lifecycle) private readonly lifecycle: Lifecycle,
  ) {}

  async report(): Promise<HealthReport> {
    const dependencies = await this.ask(this.registry.checks);
    return { status: allUp(dependencies) ? 'healthy' : 'degraded', dependencies };
  }

  async ready(): Promise<{ ready: boolean; dependencies: HealthIndicatorResult }> {
    const required = this.registry.checks.filter(({ check }) => check.required);
    const serving = this.lifecycle.phase === 'serving';
    const draining = !serving && this.lifecycle.phase !== 'starting';
    const dependencies = draining ? {} : await this.ask(required);
    return { ready: serving && allUp(dependencies), dependencies };
  }

  private async ask(checks: readonly ProbeCache[]): Promise<HealthIndicatorResult> {
    const results = await Promise.all(
      checks.map(async (cache) => {
        const { up, ...details } = await cache.ask();
        const indicator = this.indicators.check(cache.check.name);
        return up ? indicator.up(details) : indicator.down(details);
      }),
    );
    return Object.assign({}, ...results) as HealthIndicatorResult;
  }
}

function allUp(dependencies: HealthIndicatorResult): boolean {
  return Object.values(dependencies).every(({ status }) => status === 'up');
}
