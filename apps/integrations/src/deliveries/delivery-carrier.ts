import { Inject, Injectable } from '@nestjs/common';
import type { DeliveryAttempt } from '@parley/contracts';
import {
  backoffMs,
  BreakerOpenError,
  LONGEST_WAIT_MS,
  type BackoffOptions,
  type RetryBudget,
} from '@parley/resilience';
import { argumentFaults } from '@parley/service';
import { ConnectionsService } from '../connections/connections.service';
import { SecretBoxError } from '../connections/secret-box.error';
import type { OpenConnection, Provider, SendReceipt } from '../providers/provider';
import type { Tool } from '../providers/tool';
import { LEFT_ALONE, ProviderCalls } from '../providers/provider-calls';
import { ProviderRegistry } from '../providers/provider.registry';
import { timedAttempt, type AttemptResult } from './timed-attempt';
import type { Claimed } from './deliveries.repository';
import { isExpired } from './delivery-state';
import { afterFailure } from './retry-schedule';

/** Why a retry waits longer, where a person reads it. */
const RETRIES_SPENT = 'many are being tried again, and it waits its turn';

/** What came of carrying a claimed delivery out, once. */
export type Outcome = { attempts: DeliveryAttempt[] } & (
  | { status: 'succeeded'; receipt: SendReceipt }
  | { status: 'planned'; waitMs: number; reason: string; triesLeft: number }
  | { status: 'failed' | 'uncertain'; reason: string }
);

interface Job {
  claimed: Claimed;
  provider: Provider;
  tool: Tool;
  connection: OpenConnection;
  /** An earlier attempt may have had its effect. */
  wasUncertain: boolean;
  /** When the call's budget ends, by `performance.now()`: well before the lease does. */
  endsAt: number;
  total: AbortSignal;
}

/** Calls the provider: asks first what became of an earlier attempt where it can, then sends. Writes nothing. */
@Injectable()
export class DeliveryCarrier {
  constructor(
    @Inject(ProviderRegistry) private readonly providers: ProviderRegistry,
    @Inject(ConnectionsService) private readonly connections: ConnectionsService,
    @Inject(ProviderCalls) private readonly calls: ProviderCalls,
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
    // The approval was checked as well, by the schema that was told then.
    const [fault] = argumentFaults(tool.arguments, row.arguments);
    if (fault !== undefined) return give(`the tool does not take ${fault}`);
    const refusedForMs = this.calls.refusedForMs(provider, row.workspaceId, row.connectionId);
    if (refusedForMs > 0 && !isOver(row)) return this.leftAlone(claimed, refusedForMs);
    const connection = await this.open(claimed);
    if (typeof connection === 'string') return give(connection);

    // From the claim on: opening the connection may have taken longer than the lease holds.
    const endsAt = claimed.claimedAt + this.calls.limits(provider.id).totalMs;
    const total = AbortSignal.timeout(Math.max(0, Math.round(endsAt - performance.now())));
    const job = { claimed, provider, tool, connection, wasUncertain, endsAt, total };
    try {
      if (wasUncertain && tool.class === 'reconcilable') return await this.reconcile(job);
      return await this.send(job);
    } catch (error) {
      if (!(error instanceof BreakerOpenError)) throw error;
      return this.leftAlone(claimed, error.retryAfterMs);
    }
  }

  private leftAlone(claimed: Claimed, forMs: number): Outcome {
    const waitMs = forMs + backoffMs(1, this.backoffOf(claimed.row.provider));
    return notSent(claimed, `the ${LEFT_ALONE}`, waitMs);
  }

  /** Nobody knows whether an earlier attempt got through: the provider does. */
  private async reconcile(job: Job): Promise<Outcome> {
    const { claimed, provider, connection } = job;
    if (isLate(job)) return notSent(claimed, 'the worker came too late to its call');
    const found = await this.attempt(job, async (call) => {
      return (await provider.find?.(claimed.row, connection, call)) ?? null;
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
    if (isLate(job)) return notSent(job.claimed, 'the worker came too late to its call');
    const sent = await this.attempt(job, (call) => job.provider.send(row, job.connection, call));
    if (!sent.ok) return this.afterFailed(job, sent);
    return { status: 'succeeded', receipt: sent.value, attempts: [sent.attempt] };
  }

  private afterFailed(job: Job, failed: AttemptResult<unknown> & { ok: false }): Outcome {
    const { triesLeft } = job.claimed.row;
    const { failure, attempt } = failed;
    const { maxAttempts } = this.calls.limits(job.provider.id);
    const verdict = afterFailure(
      {
        failure,
        toolClass: job.tool.class,
        triesLeft,
        failures: Math.max(1, maxAttempts - triesLeft),
        wasUncertain: job.wasUncertain,
      },
      this.backoffOf(job.provider.id),
    );
    const about = { reason: failure.message, attempts: [attempt] };
    if (verdict.status !== 'planned') return { ...verdict, ...about };
    // Who finds the retries spent waits its turn, as one who was asked to wait would.
    const waitMs =
      this.retriesOf(job).book(verdict.waitMs, LONGEST_WAIT_MS) ?? verdict.waitMs + LONGEST_WAIT_MS;
    const why = waitMs > verdict.waitMs ? `${about.reason}; ${RETRIES_SPENT}` : about.reason;
    return { ...verdict, ...about, reason: why, waitMs, triesLeft };
  }

  private async attempt<T extends SendReceipt | null>(
    job: Job,
    call: (context: { signal: AbortSignal; attempt: number }) => Promise<T>,
  ): Promise<AttemptResult<T>> {
    const { claimed, provider, connection, total } = job;
    const { workspaceId, sends: attempt, triesLeft } = claimed.row;
    const policy = this.calls.attempt(provider, workspaceId, connection.id);
    const result = await timedAttempt(policy, total, (signal) => call({ signal, attempt }));
    const isFirst = triesLeft === this.calls.limits(provider.id).maxAttempts - 1;
    if (isFirst) this.retriesOf(job).called();
    return result;
  }

  private retriesOf({ claimed, provider, connection }: Job): RetryBudget {
    return this.calls.retries(provider, claimed.row.workspaceId, connection.id);
  }

  private backoffOf(providerId: string): BackoffOptions {
    return { baseMs: this.calls.limits(providerId).retryBaseMs, random: Math.random };
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

/** Waiting would change nothing: it is not sent any more. */
function isOver(row: Claimed['row']): boolean {
  return isExpired(row) || row.triesLeft < 0;
}

/** A worker that slept, or waited for its database: another may have the delivery by now. */
function isLate({ endsAt }: Job): boolean {
  return performance.now() >= endsAt;
}

/** Nothing was sent, so that no try is spent; where another worker has the delivery, this is not written. */
function notSent(claimed: Claimed, reason: string, waitMs = 0): Outcome {
  const triesLeft = claimed.row.triesLeft + 1;
  return { status: 'planned', waitMs, reason, triesLeft, attempts: [] };
}
