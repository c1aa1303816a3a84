import { Inject, Injectable } from '@nestjs/common';
import { ModelMetrics, TEXT_ENGINE, type ModelFailure, type TextEngine } from '@parley/ai';
import type { DegradedReason } from '@parley/contracts';
import { BudgetedTextEngine } from './budgeted-text.engine';
import { ModelBudget } from './model-budget';

/** The language model, on the account of the meetings that it works for. */
@Injectable()
export class MeetingModels {
  constructor(
    @Inject(TEXT_ENGINE) private readonly engine: TextEngine | null,
    @Inject(ModelBudget) private readonly budget: ModelBudget,
    @Inject(ModelMetrics) private readonly metrics: ModelMetrics,
  ) {}

  /**
   * Null while none is configured. A meeting whose tokens are spent has a model that fails with `budget-spent`.
   * @param meetingIds none for work that is about no meeting in particular, which no budget pays.
   */
  for(meetingIds: readonly string[]): TextEngine | null {
    const { engine } = this;
    if (!engine) return null;
    if (!this.budget.isLimited || meetingIds.length === 0) return engine;
    return new BudgetedTextEngine(engine, this.budget, [...new Set(meetingIds)]);
  }

  /** Counts that the lesser way was taken. @returns why, for whoever reads what came of it. */
  fellBack(engine: TextEngine, reason: ModelFailure): DegradedReason {
    this.metrics.fellBack(engine.name, reason);
    return reason === 'budget-spent' ? 'budget-spent' : 'model-failed';
  }
}
