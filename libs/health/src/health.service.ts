import { Inject, Injectable } from '@nestjs/common';
import { HealthIndicatorService, type HealthIndicatorResult } from '@nestjs/terminus';
import { HealthRegistry, type HealthCheck } from './health.registry';

export interface HealthReport {
  status: 'healthy' | 'degraded';
  dependencies: HealthIndicatorResult;
}

const PROBE_TIMEOUT_MS = 2_000;

/** Asks each registered dependency, in parallel and with a time limit, how it is. */
@Injectable()
export class HealthService {
  private draining = false;

  constructor(
    @Inject(HealthRegistry) private readonly registry: HealthRegistry,
    @Inject(HealthIndicatorService) private readonly indicators: HealthIndicatorService,
  ) {}

  /** From now on `/readyz` is 503: the service finishes what it has and takes no more. */
  beginDraining(): void {
    this.draining = true;
  }

  async report(): Promise<HealthReport> {
    const results = await this.probeAll(this.registry.checks);
    const allUp = Object.values(results).every((result) => result.status === 'up');
    return { status: allUp ? 'healthy' : 'degraded', dependencies: results };
  }

  async ready(): Promise<{ ready: boolean; dependencies: HealthIndicatorResult }> {
    const results = await this.probeAll(this.registry.checks.filter((check) => check.required));
    const allUp = Object.values(results).every((result) => result.status === 'up');
    return { ready: allUp && !this.draining, dependencies: results };
  }

  private async probeAll(checks: readonly HealthCheck[]): Promise<HealthIndicatorResult> {
    const results = await Promise.all(checks.map((check) => this.probe(check)));
    return Object.assign({}, ...results) as HealthIndicatorResult;
  }

  private async probe(check: HealthCheck): Promise<HealthIndicatorResult> {
    const indicator = this.indicators.check(check.name);
    const startedAt = performance.now();
    const elapsed = (): number => Math.round(performance.now() - startedAt);
    try {
      const { up, ...details } = await within(PROBE_TIMEOUT_MS, check.probe());
      return up
        ? indicator.up({ latencyMs: elapsed(), ...details })
        : indicator.down({ latencyMs: elapsed(), ...details });
    } catch (error) {
      const reason = error instanceof ProbeTimeoutError ? 'timeout' : 'unreachable';
      return indicator.down({ latencyMs: elapsed(), reason });
    }
  }
}

class ProbeTimeoutError extends Error {}

async function within<T>(limitMs: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new ProbeTimeoutError());
    }, limitMs);
  });
  return Promise.race([work, limit]).finally(() => {
    clearTimeout(timer);
  });
}
