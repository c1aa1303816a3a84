import { Inject, Injectable } from '@nestjs/common';
import { SETTINGS } from '@parley/config';
import type { DeliveryAttempt } from '@parley/contracts';
import { ConnectionsService } from '../connections/connections.service';
import { SecretBoxError } from '../connections/secret-box.error';
import type { IntegrationsSettings } from '../integrations.settings';
import type { OpenConnection, Provider, SendReceipt, Tool } from '../providers/provider';
import { ProviderRegistry } from '../providers/provider.registry';
import { timedAttempt, type AttemptResult } from './timed-attempt';
import type { Claimed } from './deliveries.repository';
import { isExpired } from './delivery-state';
import { afterFailure } from './retry-schedule';

/** What came of carrying a claimed delivery out, once. */
export type Outcome = { attempts: DeliveryAttempt[] } & (
  | { status: 'succeeded'; receipt: SendReceipt }
  | { status: 'planned'; waitMs: number; reason: string }
  | { status: 'failed' | 'uncertain'; reason: string }
);

interface Job {
  claimed: Claimed;
  provider: Provider;
  tool: Tool;
  connection: OpenConnection;
  /** An earlier attempt may have had its effect. */
  wasUncertain: boolean;
  total: AbortSignal;
}

/** Calls the provider: asks first what became of an earlier attempt where it can, then sends. Writes nothing. */
@Injectable()
export class DeliveryCarrier {
  constructor(
    @Inject(ProviderRegistry) private readonly providers: ProviderRegistry,
    @Inject(ConnectionsService) private readonly connections: ConnectionsService,
    @Inject(SETTINGS) private readonly settings: IntegrationsSettings,
  ) {}

  async carry(claimed: Claimed): Promise<Outcome> {
    const { row, interrupted } = claimed;
    const wasUncertain = row.attempts.some(({ outcome }) => outcome === 'uncertain');
    const give = (reason: string): Outcome => ({
      status: wasUncertain ? 'uncertain' : 'failed',
      reason,
      attempts: [],
    });
    const provider = this.providers.find(row.provider);
    const tool = provider?.tools.find(({ name }) => name === row.tool);
    if (!provider || !tool) return give('no provider here has this tool');
    if (interrupted && tool.class === 'once') return give('interrupted while sending');
    const connection = await this.open(claimed);
    if (typeof connection === 'string') return give(connection);

    const total = AbortSignal.timeout(this.settings.PROVIDER_TOTAL_BUDGET_SECONDS * 1_000);
    const job = { claimed, provider, tool, connection, wasUncertain, total };
    if (wasUncertain && tool.class === 'reconcilable') return this.reconcile(job);
    return this.send(job);
  }

  /** Nobody knows whether an earlier attempt got through: the provider does. */
  private async reconcile(job: Job): Promise<Outcome> {
    const { claimed, provider, connection } = job;
    const found = await this.attempt(job, async (call) => {
      return (await provider.find?.(claimed.row.actionId, connection, call)) ?? null;
    });
    if (!found.ok) return this.afterFailed(job, found);
    if (found.value) {
      return { status: 'succeeded', receipt: found.value, attempts: [found.attempt] };
    }
    return this.send({ ...job, wasUncertain: false });
  }

  private async send(job: Job): Promise<Outcome> {
    const { row } = job.claimed;
    const status = job.wasUncertain ? 'uncertain' : 'failed';
    if (isExpired(row)) return { status, reason: 'the approval has expired', attempts: [] };
    if (row.triesLeft < 0) {
      return { status, reason: 'interrupted, and the attempts are spent', attempts: [] };
    }
    const sent = await this.attempt(job, (call) => job.provider.send(row, job.connection, call));
    if (!sent.ok) return this.afterFailed(job, sent);
    return { status: 'succeeded', receipt: sent.value, attempts: [sent.attempt] };
  }

  private afterFailed(job: Job, failed: AttemptResult<unknown> & { ok: false }): Outcome {
    const { triesLeft } = job.claimed.row;
    const { failure, attempt } = failed;
    const verdict = afterFailure(
      {
        failure,
        toolClass: job.tool.class,
        triesLeft,
        failures: Math.max(1, this.settings.RETRY_MAX_ATTEMPTS - triesLeft),
        wasUncertain: job.wasUncertain,
      },
      { baseMs: this.settings.RETRY_BASE_SECONDS * 1_000, random: Math.random },
    );
    return { ...verdict, reason: failure.message, attempts: [attempt] };
  }

  private attempt<T extends SendReceipt | null>(
    { claimed, total }: Job,
    call: (context: { signal: AbortSignal; attempt: number }) => Promise<T>,
  ): Promise<AttemptResult<T>> {
    const limitMs = this.settings.PROVIDER_TIMEOUT_DEFAULT_SECONDS * 1_000;
    return timedAttempt(limitMs, total, (signal) => call({ signal, attempt: claimed.row.sends }));
  }

  private async open({ row }: Claimed): Promise<OpenConnection | string> {
    try {
      const connection = await this.connections.open(
        row.workspaceId,
        row.connectionId,
        row.provider,
      );
      return connection ?? 'the connection is gone';
    } catch (error) {
      if (error instanceof SecretBoxError) return 'the credentials cannot be decrypted';
      throw error;
    }
  }
}
