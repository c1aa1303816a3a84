import { Inject, Injectable } from '@nestjs/common';
import { ProblemError } from '@parley/contracts';
import { BreakerOpenError, Bulkhead, BulkheadFullError, compose } from '@parley/resilience';
import { argumentFaults } from '@parley/service';
import type { OpenConnection, Provider } from '../providers/provider';
import { ProviderCalls } from '../providers/provider-calls';
import { toFailure } from '../providers/provider-failure';
import { MOST_FOUND, type Findings } from '../providers/read-tool';

/** A person or an assistant waits for each. */
const AT_A_TIME = 8;

export interface Question {
  tool: string;
  arguments: Record<string, unknown>;
}

/** Asks providers what is there: one attempt, bounded, and kept nowhere. */
@Injectable()
export class ConnectionReader {
  private readonly places = new Bulkhead({ places: AT_A_TIME });

  constructor(@Inject(ProviderCalls) private readonly calls: ProviderCalls) {}

  /** @throws ProblemError `not-found`, `validation-failed`: before anything is opened or called. */
  requireFit(provider: Provider, { tool: name, arguments: given }: Question): void {
    const tool = provider.reads.find((each) => each.name === name);
    if (!tool)
      throw new ProblemError('not-found', 'This connection has no such tool to read with.');
    const errors = argumentFaults(tool.arguments, given);
    if (errors.length === 0) return;
    throw new ProblemError('validation-failed', `${name} does not take these arguments.`, {
      errors,
    });
  }

  /**
   * @throws ProblemError `upstream-failed` in the provider's words, `unavailable` while it is left alone, `at-capacity`
   * when many ask already.
   */
  async read(
    provider: Provider,
    connection: OpenConnection,
    workspaceId: string,
    { tool, arguments: given }: Question,
  ): Promise<Findings> {
    const policy = compose(this.places, this.calls.attempt(provider, workspaceId, connection.id));
    const { signal } = new AbortController();
    try {
      const items = await policy.execute(async (within) => {
        return (await provider.read?.(tool, given, connection, { signal: within })) ?? [];
      }, signal);
      return { items: items.slice(0, MOST_FOUND) };
    } catch (error) {
      throw toProblem(error);
    }
  }
}

function toProblem(error: unknown): ProblemError {
  if (error instanceof BulkheadFullError) {
    return new ProblemError('at-capacity', 'Many are asking already: try again.');
  }
  if (error instanceof BreakerOpenError) {
    return new ProblemError(
      'unavailable',
      'The provider failed too often a moment ago and is left alone.',
      { retryAfterSeconds: Math.max(1, Math.ceil(error.retryAfterMs / 1_000)) },
    );
  }
  return new ProblemError('upstream-failed', toFailure(error).message, { cause: error });
}
