import { Inject, Injectable } from '@nestjs/common';
import { isId, ProblemError, type Delivery } from '@parley/contracts';
import { UnitOfWork } from '@parley/database';
import { assertIdCursor, pageFrom, audited, requestContext, type Page } from '@parley/service';
import { ProviderCalls } from '../providers/provider-calls';
import type { DeliveriesQuery } from './deliveries.query';
import { DeliveriesRepository } from './deliveries.repository';
import type { DeliveryEntity } from './delivery.entity';
import { isExpired } from './delivery-state';
import { DeliveryWorker } from './delivery.worker';
import { toDelivery } from './to-delivery';

@Injectable()
export class DeliveriesService {
  constructor(
    @Inject(DeliveriesRepository) private readonly deliveries: DeliveriesRepository,
    @Inject(DeliveryWorker) private readonly worker: DeliveryWorker,
    @Inject(UnitOfWork) private readonly work: UnitOfWork,
    @Inject(ProviderCalls) private readonly calls: ProviderCalls,
  ) {}

  async list({ limit, cursor, ...filter }: DeliveriesQuery): Promise<Page<Delivery>> {
    assertIdCursor(cursor);
    const { workspaceId } = requestContext();
    const rows = await this.deliveries.list(workspaceId, filter, limit + 1, cursor);
    return pageFrom(rows, limit, toDelivery);
  }

  async get(id: string): Promise<Delivery> {
    return toDelivery(await this.require(id));
  }

  /** A person's decision to try again what failed, or what nobody knows the outcome of. */
  async retry(id: string): Promise<Delivery> {
    const row = await this.require(id);
    if (!row.authorised || isExpired(row)) {
      throw new ProblemError('conflict', 'Its approval does not hold: it has to be approved anew.');
    }
    const { workspaceId } = requestContext();
    const triesLeft = this.calls.limits(row.provider).maxAttempts;
    await this.work.run(async ({ manager, emit }) => {
      if (!(await this.deliveries.retry(manager, workspaceId, id, triesLeft))) {
        throw new ProblemError('conflict', 'Only failed and uncertain deliveries can be retried.');
      }
      emit(audited('delivery.retried', id, {}));
    });
    this.worker.kick();
    return this.get(id);
  }

  private async require(id: string): Promise<DeliveryEntity> {
    const { workspaceId } = requestContext();
    const row = isId(id) ? await this.deliveries.find(workspaceId, id) : null;
    if (!row) throw new ProblemError('delivery-not-found', 'There is no delivery with this id.');
    return row;
  }
}
