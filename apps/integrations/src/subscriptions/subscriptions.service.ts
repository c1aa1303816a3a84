import { Inject, Injectable } from '@nestjs/common';
import { isId, newId, ProblemError } from '@parley/contracts';
import { UnitOfWork } from '@parley/database';
import {
  assertIdCursor,
  pageFrom,
  audited,
  requestContext,
  type Page,
  type PageQuery,
} from '@parley/service';
import { SecretBoxError } from '../connections/secret-box.error';
import { DestinationGuard } from '../outbound/destination-guard';
import { MessagePoster } from './message-poster';
import { MessageWorker } from './message.worker';
import { MessagesRepository } from './messages.repository';
import type {
  CreateSubscription,
  Subscription,
  SubscriptionDelivery,
  SubscriptionTest,
  SubscriptionWithSecret,
  UpdateSubscription,
} from './subscription.dto';
import type { SubscriptionEntity } from './subscription.entity';
import { SubscriptionSecrets } from './subscription-secrets';
import { SubscriptionsRepository } from './subscriptions.repository';
import { toSubscription, toSubscriptionDelivery } from './to-view';

/** How long the old secret signs beside the new one. */
const OVERLAP_MS = 24 * 3_600_000;
/** Each costs a row for every event. */
const MOST_IN_A_WORKSPACE = 20;

/** What a workspace wants posted where. */
@Injectable()
export class SubscriptionsService {
  constructor(
    @Inject(SubscriptionsRepository) private readonly subscriptions: SubscriptionsRepository,
    @Inject(MessagesRepository) private readonly messages: MessagesRepository,
    @Inject(SubscriptionSecrets) private readonly secrets: SubscriptionSecrets,
    @Inject(DestinationGuard) private readonly guard: DestinationGuard,
    @Inject(MessagePoster) private readonly poster: MessagePoster,
    @Inject(MessageWorker) private readonly worker: MessageWorker,
    @Inject(UnitOfWork) private readonly work: UnitOfWork,
  ) {}

  /** @throws ProblemError `destination-refused`; `conflict` when the workspace has too many */
  async create({ url, kinds }: CreateSubscription): Promise<SubscriptionWithSecret> {
    const { workspaceId } = requestContext();
    await this.guard.admit(url);
    if ((await this.subscriptions.count(workspaceId)) >= MOST_IN_A_WORKSPACE) {
      throw new ProblemError('conflict', `A workspace has at most ${MOST_IN_A_WORKSPACE}.`);
    }
    const identity = { id: newId<string>(), workspaceId };
    const { secret, sealed } = this.secrets.make(identity);
    const now = new Date();
    const row: SubscriptionEntity = {
      ...identity,
      url,
      kinds,
      secrets: sealed.text,
      keyId: sealed.keyId,
      previousUntil: null,
      status: 'active',
      pausedReason: null,
      failingSince: null,
      notBefore: now,
      createdAt: now,
    };
    await this.work.run(async ({ manager, emit }) => {
      await this.subscriptions.insert(manager, row);
      emit(audited('subscription.created', row.id, { kinds: kinds.join(' ') }));
    });
    return { ...toSubscription(row), secret };
  }

  async list({ limit, cursor }: PageQuery): Promise<Page<Subscription>> {
    assertIdCursor(cursor);
    const { workspaceId } = requestContext();
    const rows = await this.subscriptions.list(workspaceId, limit + 1, cursor);
    return pageFrom(rows, limit, (row) => toSubscription(row));
  }

  async get(id: string): Promise<Subscription> {
    return toSubscription(await this.require(id));
  }

  async update(id: string, input: UpdateSubscription): Promise<Subscription> {
    const row = await this.require(id);
    // Null counts as left out.
    const url = input.url ?? row.url;
    const kinds = input.kinds ?? row.kinds;
    const { paused } = input;
    if (url !== row.url) await this.guard.admit(url);
    const resumes = paused === false && row.status === 'paused';
    const pauses = paused === true && row.status === 'active';
    await this.work.run(async ({ manager, emit }) => {
      await this.subscriptions.change(manager, row, { url, kinds });
      if (input.url || input.kinds) {
        emit(audited('subscription.changed', id, { kinds: kinds.join(' ') }));
      }
      if (pauses) {
        await this.subscriptions.pause(manager, id, 'by request');
        emit(audited('subscription.paused', id, { reason: 'by request' }));
      }
      if (resumes) {
        const again = { status: 'active', pausedReason: null, failingSince: null } as const;
        await this.subscriptions.change(manager, row, { ...again, notBefore: new Date(0) });
        await this.messages.hurry(manager, id);
        emit(audited('subscription.resumed', id, {}));
      }
    });
    if (resumes) this.worker.kick();
    return this.get(id);
  }

  /** What waits for it is not sent any more. */
  async delete(id: string): Promise<void> {
    const { workspaceId } = requestContext();
    await this.require(id);
    await this.work.run(async ({ manager, emit }) => {
      if (!(await this.subscriptions.delete(manager, workspaceId, id))) throw notFound();
      emit(audited('subscription.removed', id, {}));
    });
  }

  /** The old secret signs beside the new one for a day. @throws ProblemError `conflict` */
  async rotateSecret(id: string): Promise<SubscriptionWithSecret> {
    const row = await this.require(id);
    const { secret, sealed } = this.followSecret(row);
    const until = new Date(Date.now() + OVERLAP_MS);
    await this.work.run(async ({ manager, emit }) => {
      if (!(await this.subscriptions.rotate(manager, row, sealed, until))) {
        throw new ProblemError('conflict', 'Somebody else replaced the secret just now.');
      }
      emit(audited('subscription.rotated', id, {}));
    });
    return { ...(await this.get(id)), secret };
  }

  /** Posts a test event now, once, also while it is paused. */
  async test(id: string): Promise<SubscriptionTest> {
    const row = await this.require(id);
    const message = {
      type: 'test',
      timestamp: new Date().toISOString(),
      data: { subscriptionId: id },
    };
    const { ok, attempt, ...rest } = await this.poster.try(row, `test_${newId<string>()}`, message);
    const reason = 'failure' in rest ? rest.failure.message : undefined;
    return {
      accepted: ok,
      ms: attempt.ms,
      ...(attempt.status === undefined ? {} : { status: attempt.status }),
      ...(reason === undefined ? {} : { reason }),
    };
  }

  /** Newest first. */
  async deliveries(id: string, { limit, cursor }: PageQuery): Promise<Page<SubscriptionDelivery>> {
    assertIdCursor(cursor);
    await this.require(id);
    const rows = await this.messages.list(id, limit + 1, cursor);
    return pageFrom(rows, limit, toSubscriptionDelivery);
  }

  private followSecret(row: SubscriptionEntity): ReturnType<SubscriptionSecrets['follow']> {
    try {
      return this.secrets.follow(row);
    } catch (error) {
      if (!(error instanceof SecretBoxError)) throw error;
      // Nobody can sign with the old one any more.
      return this.secrets.make(row);
    }
  }

  private async require(id: string): Promise<SubscriptionEntity> {
    const { workspaceId } = requestContext();
    const row = isId(id) ? await this.subscriptions.find(workspaceId, id) : null;
    if (row) return row;
    throw notFound();
  }
}

function notFound(): ProblemError {
  return new ProblemError('subscription-not-found', 'There is no subscription with this id.');
}
