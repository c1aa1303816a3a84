import { Inject, Injectable } from '@nestjs/common';
import { SETTINGS } from '@parley/config';
import { logEvent, Metrics } from '@parley/observability';
import type { Counter } from 'prom-client';
import {
  MODEL_USER,
  SHARES,
  type ModelBudgetSettings,
  type ModelUser,
} from './model-budget.settings';
import { ModelUseRepository } from './model-use.repository';

/** Tokens set aside for one request, the same for each of its meetings. */
export interface Reservation {
  meetingIds: string[];
  tokens: number;
}

/** How many tokens models may use for a meeting in this service. */
@Injectable()
export class ModelBudget {
  private readonly limit: number;
  private readonly withheld: Counter;

  constructor(
    @Inject(SETTINGS) settings: ModelBudgetSettings,
    @Inject(MODEL_USER) service: ModelUser,
    @Inject(ModelUseRepository) private readonly uses: ModelUseRepository,
    @Inject(Metrics) metrics: Metrics,
  ) {
    this.limit = Math.floor((settings.MODEL_TOKENS_PER_MEETING ?? Infinity) * SHARES[service]);
    this.withheld = metrics.counter(
      'model_budgets_spent_total',
      'Meetings for which a model was withheld because MODEL_TOKENS_PER_MEETING was spent.',
    );
  }

  /** Without a limit nothing is counted by meeting. */
  get isLimited(): boolean {
    return this.limit < Infinity;
  }

  /**
   * Sets tokens aside before a request, so that requests at the same time do not spend the same ones. A request about
   * several meetings takes an equal share of each.
   * @returns null when one of them has not enough left.
   */
  async reserve(meetingIds: string[], tokens: number): Promise<Reservation | null> {
    const each = shareOf(tokens, meetingIds);
    const granted = await this.uses.addWithin(meetingIds, each, this.limit);
    if (granted.length === meetingIds.length) return { meetingIds, tokens: each };
    if (granted.length > 0) await this.uses.add(granted, -each);
    const spent = meetingIds.filter((id) => !granted.includes(id));
    for (const meetingId of await this.uses.markWithheld(spent)) {
      this.withheld.inc();
      logEvent('model-budget.spent', { meetingId });
    }
    return null;
  }

  /** Puts what was really used in place of what was set aside. Never throws: the answer is there, and what was set aside stays counted. */
  async settle({ meetingIds, tokens }: Reservation, used: number): Promise<void> {
    try {
      await this.uses.add(meetingIds, shareOf(used, meetingIds) - tokens);
    } catch (error) {
      logEvent('model-budget.unsettled', { err: error });
    }
  }
}

function shareOf(tokens: number, meetingIds: string[]): number {
  return Math.ceil(tokens / meetingIds.length);
}
