import {
  Controller,
  Inject,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { OnEvent } from '@parley/bus';
import { makeEvent, type Envelope } from '@parley/contracts';
import { UnitOfWork } from '@parley/database';
import { logEvent } from '@parley/observability';
import { Sweep } from '@parley/service';
import { ActionsRepository, type DeliveryWord } from './actions.repository';

const UNANSWERED_SECONDS = 30;
const SWEEP_MS = 10_000;

/** Follows what becomes of actions, and asks again when nobody has answered for one. */
@Controller()
export class ActionsHandlers implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly sweep = new Sweep({
    everyMs: SWEEP_MS,
    work: () => this.sendUnansweredAgain(),
    failed: (error) => {
      logEvent('action.sweep-failed', { err: error });
    },
  });

  constructor(
    @Inject(ActionsRepository) private readonly actions: ActionsRepository,
    @Inject(UnitOfWork) private readonly work: UnitOfWork,
  ) {}

  onApplicationBootstrap(): void {
    this.sweep.start();
  }

  beforeApplicationShutdown(): Promise<void> {
    return this.sweep.stop();
  }

  @OnEvent('delivery.succeeded')
  onSucceeded(event: Envelope<'delivery.succeeded'>): Promise<void> {
    return this.actions.settle('delivered', wordOf(event));
  }

  @OnEvent('delivery.failed')
  onFailed(event: Envelope<'delivery.failed'>): Promise<void> {
    return this.actions.settle('failed', wordOf(event));
  }

  @OnEvent('delivery.uncertain')
  onUncertain(event: Envelope<'delivery.uncertain'>): Promise<void> {
    return this.actions.settle('uncertain', wordOf(event));
  }

  /** integrations knows an action by its id: being told twice makes no second delivery. */
  async sendUnansweredAgain(): Promise<void> {
    await this.work.run(async ({ manager, emit }) => {
      await this.actions.giveUpExpired(manager);
      for (const action of await this.actions.takeUnanswered(manager, UNANSWERED_SECONDS)) {
        const { meetingId, workspaceId } = action;
        logEvent('action.sent-again', { actionId: action.id });
        emit(makeEvent('action.approved', action.approved, { meetingId, workspaceId }));
      }
    });
  }
}

function wordOf(
  event: Envelope<'delivery.succeeded' | 'delivery.failed' | 'delivery.uncertain'>,
): DeliveryWord {
  return { delivery: event.data.delivery, at: event.occurredAt };
}
