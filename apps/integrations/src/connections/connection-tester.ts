import { Inject, Injectable } from '@nestjs/common';
import { ProblemError } from '@parley/contracts';
import { BreakerOpenError, Bulkhead, BulkheadFullError, compose } from '@parley/resilience';
import type { OpenConnection, Provider } from '../providers/provider';
import { ProviderCalls } from '../providers/provider-calls';
import { toFailure } from '../providers/provider-failure';
import type { ConnectionTest } from './connection-test.view';

/** A person waits for each, and nobody needs many. */
const AT_A_TIME = 4;

/** Asks providers whether connections work. */
@Injectable()
export class ConnectionTester {
  private readonly places = new Bulkhead({ places: AT_A_TIME });

  constructor(@Inject(ProviderCalls) private readonly calls: ProviderCalls) {}

  /** @throws ProblemError `at-capacity` when several are asked already. */
  async test(
    provider: Provider,
    connection: OpenConnection,
    workspaceId: string,
  ): Promise<ConnectionTest> {
    const policy = compose(this.places, this.calls.attempt(provider, workspaceId, connection.id));
    const startedAt = performance.now();
    const done = (): number => Math.round(performance.now() - startedAt);
    try {
      const { signal } = new AbortController();
      await policy.execute((within) => provider.check(connection, { signal: within }), signal);
      return { works: true, ms: done() };
    } catch (error) {
      if (error instanceof BulkheadFullError) {
        throw new ProblemError('at-capacity', 'Other connections are being tested: try again.');
      }
      const reason =
        error instanceof BreakerOpenError
          ? 'the provider failed too often a moment ago and is left alone'
          : toFailure(error).message;
      return { works: false, reason, ms: done() };
    }
  }
}
