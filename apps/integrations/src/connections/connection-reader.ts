import { Inject, Injectable } from '@nestjs/common';
import { ProblemError } from '@parley/contracts';
import { requireArguments } from '@parley/service';
import type { OpenConnection, Provider } from '../providers/provider';
import { LEFT_ALONE, ProviderCalls } from '../providers/provider-calls';
import { MOST_FOUND, type Findings } from '../providers/read-tool';

export interface Question {
  tool: string;
  arguments: Record<string, unknown>;
}

/** Asks providers what is there: one attempt, bounded, and kept nowhere. */
@Injectable()
export class ConnectionReader {
  constructor(@Inject(ProviderCalls) private readonly calls: ProviderCalls) {}

  /** @throws ProblemError `not-found`, `validation-failed`: before anything is opened or called. */
  requireFit(provider: Provider, { tool: name, arguments: given }: Question): void {
    const tool = provider.reads.find((each) => each.name === name);
    if (!tool)
      throw new ProblemError('not-found', 'This connection has no such tool to read with.');
    requireArguments(tool, given);
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
    const asked = await this.calls.once(provider, workspaceId, connection.id, async (signal) => {
      return (await provider.read?.(tool, given, connection, { signal })) ?? [];
    });
    if (asked.ok) return { items: asked.value.slice(0, MOST_FOUND) };
    if (asked.failure) {
      throw new ProblemError('upstream-failed', asked.failure.message, { cause: asked.failure });
    }
    const retryAfterSeconds = Math.max(1, Math.ceil(asked.leftAloneForMs / 1_000));
    throw new ProblemError('unavailable', `The ${LEFT_ALONE}.`, { retryAfterSeconds });
  }
}
