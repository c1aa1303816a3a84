import { Inject, Injectable } from '@nestjs/common';
import { SETTINGS } from '@parley/config';
import { ProblemError, type DeliveryAttempt, type TimelineEntry } from '@parley/contracts';
import { backoffMs, BreakerOpenError, LONGEST_WAIT_MS } from '@parley/resilience';
import { ServiceClient, type Page } from '@parley/service';
import { SecretBoxError } from '../connections/secret-box.error';
import type { IntegrationsSettings } from '../integrations.settings';
import { MessagePoster, unsigned, type PostResult } from './message-poster';
import type { ClaimedMessage } from './messages.repository';
import { webhookIdOf } from './to-view';

/** The receiver wants no more of it, for good. */
const GONE = 410;
const HOUR_MS = 3_600_000;

/** What came of trying to get a message through, once. */
export type MessageOutcome =
  | { kind: 'accepted'; attempt: DeliveryAttempt }
  /** Its entry is not there any more: erased, or never meant for others. */
  | { kind: 'withdrawn' }
  /** Nothing was sent. `leaveAlone`: nor is anything else to this subscription. */
  | { kind: 'later'; waitMs: number; leaveAlone: boolean }
  | { kind: 'refused'; attempt: DeliveryAttempt; waitMs: number; gone: boolean; givenUp: boolean };

/** Reads an entry at the moment of sending and posts it: what was erased meanwhile cannot be sent. Writes nothing. */
@Injectable()
export class MessageCarrier {
  private readonly baseMs: number;
  private readonly giveUpMs: number;

  constructor(
    @Inject(ServiceClient) private readonly services: ServiceClient,
    @Inject(MessagePoster) private readonly poster: MessagePoster,
    @Inject(SETTINGS) settings: IntegrationsSettings,
  ) {
    this.baseMs = settings.SUBSCRIPTION_RETRY_BASE_SECONDS * 1_000;
    this.giveUpMs = settings.SUBSCRIPTION_PAUSE_AFTER_HOURS * HOUR_MS;
  }

  async carry(claimed: ClaimedMessage): Promise<MessageOutcome> {
    let entry: TimelineEntry | null;
    try {
      entry = await this.read(claimed);
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      // Ingestion is away: no fault of the receiver's.
      return { kind: 'later', waitMs: this.backoff(1), leaveAlone: false };
    }
    if (!entry) return { kind: 'withdrawn' };
    try {
      const result = await this.post(claimed, entry);
      const { message, subscription } = claimed;
      if (message.tries === 0) this.poster.retries(subscription).called();
      return this.toOutcome(claimed, result);
    } catch (error) {
      if (error instanceof BreakerOpenError) {
        return { kind: 'later', waitMs: error.retryAfterMs, leaveAlone: true };
      }
      if (error instanceof SecretBoxError) return this.refused(claimed, unsigned(), {});
      throw error;
    }
  }

  private post({ message, subscription }: ClaimedMessage, entry: TimelineEntry) {
    const { type, at: timestamp, meetingId, cursor, data } = entry;
    const body = { type, timestamp, meetingId, cursor, data };
    return this.poster.post(subscription, webhookIdOf(message), body);
  }

  private toOutcome(claimed: ClaimedMessage, result: PostResult): MessageOutcome {
    if (result.ok) return { kind: 'accepted', attempt: result.attempt };
    return this.refused(claimed, result.attempt, result.failure);
  }

  private refused(
    { message, subscription }: ClaimedMessage,
    attempt: DeliveryAttempt,
    {
      status,
      retryAfterMs = 0,
    }: { status?: number | undefined; retryAfterMs?: number | undefined },
  ): MessageOutcome {
    const since = message.firstTriedAt?.getTime() ?? Date.now();
    const ownMs = Math.min(
      LONGEST_WAIT_MS,
      Math.max(this.backoff(message.tries + 1), retryAfterMs),
    );
    const waitMs = this.poster.retries(subscription).book(ownMs, LONGEST_WAIT_MS);
    return {
      kind: 'refused',
      attempt,
      waitMs: waitMs ?? ownMs + LONGEST_WAIT_MS,
      gone: status === GONE,
      givenUp: Date.now() - since >= this.giveUpMs,
    };
  }

  private backoff(failures: number): number {
    return backoffMs(failures, { baseMs: this.baseMs, random: Math.random });
  }

  /** @throws ProblemError when nobody can tell */
  private async read({ message }: ClaimedMessage): Promise<TimelineEntry | null> {
    const { meetingId, cursor } = message;
    const path = `/v1/meetings/${encodeURIComponent(meetingId)}/timeline`;
    const query = { cursor: cursor - 1, limit: 1 };
    try {
      const { items } = await this.services.request<Page<TimelineEntry>>('ingestion', 'GET', path, {
        query,
      });
      return items.find((entry) => entry.cursor === cursor) ?? null;
    } catch (error) {
      if (error instanceof ProblemError && error.code === 'meeting-not-found') return null;
      throw error;
    }
  }
}
