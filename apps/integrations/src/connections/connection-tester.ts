import { Inject, Injectable } from '@nestjs/common';
import type { OpenConnection, Provider } from '../providers/provider';
import { LEFT_ALONE, ProviderCalls } from '../providers/provider-calls';
import type { ConnectionTest } from './connection-test.view';

/** Asks providers whether connections work. */
@Injectable()
export class ConnectionTester {
  constructor(@Inject(ProviderCalls) private readonly calls: ProviderCalls) {}

  /** @throws ProblemError `at-capacity` when many are asked already. */
  async test(
    provider: Provider,
    connection: OpenConnection,
    workspaceId: string,
  ): Promise<ConnectionTest> {
    const startedAt = performance.now();
    const asked = await this.calls.once(provider, workspaceId, connection.id, (signal) =>
      provider.check(connection, { signal }),
    );
    const ms = Math.round(performance.now() - startedAt);
    if (asked.ok) return { works: true, ms };
    return { works: false, reason: asked.failure?.message ?? `the ${LEFT_ALONE}`, ms };
  }
}
