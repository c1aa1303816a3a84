import { Inject, Injectable } from '@nestjs/common';
import { isModelFailed, type ModelFailure, type TextEngine } from '@parley/ai';
import { steadyClock, type Analysis, type Intent, type Segment } from '@parley/contracts';
import { MeetingModels } from '@parley/model-budget';
import { logEvent } from '@parley/observability';
import { Breaker, BreakerOpenError } from '@parley/resilience';
import { InsightsRepository } from '../insights/insights.repository';
import type { ReadSegment } from '../insights/segment-reader';
import { isDoubtful } from './doubt';
import { intentBy, type ModelIntent } from './model-intent';

/** What comes later comes too late for who is talking. */
const ANSWER_TIMEOUT_MS = 3_000;
const ENDPOINT = { maxFailures: 3, windowMs: 30_000 };
/** These say nothing about the endpoint's health. */
const OURS: readonly ModelFailure[] = ['budget-spent', 'out-of-shape'];

/** Lets a language model, where one is configured, decide what the classifier is in doubt about. */
@Injectable()
export class RefinementService {
  /** While the endpoint is unwell nobody waits for it. */
  private readonly breaker = new Breaker({
    ...ENDPOINT,
    isFailure: (error) => !isModelFailed(error) || !OURS.includes(error.reason),
    clock: steadyClock,
  });

  constructor(
    @Inject(MeetingModels) private readonly models: MeetingModels,
    @Inject(InsightsRepository) private readonly insights: InsightsRepository,
  ) {}

  /**
   * The analysis with the intent that the model gives, or, when the model fails, as it was and `degraded`. What is not in
   * doubt, and everything while no model is configured, stays as it was.
   */
  async refine(segment: Segment, { text, analysis, before }: ReadSegment): Promise<Analysis> {
    const engine = this.models.for([segment.meetingId]);
    if (!engine || !isDoubtful(text, analysis)) return analysis;
    // It comes again: nothing will be written, and nothing is paid for.
    if (await this.insights.knows(segment)) return analysis;
    try {
      const { intent, confidence } = await this.ask(engine, text, before);
      return { ...analysis, intent, confidence, engine: engine.name };
    } catch (error) {
      const reason = reasonOf(error);
      logEvent('intent.not-refined', { engine: engine.name, reason });
      this.models.fellBack(engine, reason);
      return { ...analysis, degraded: true };
    }
  }

  private ask(engine: TextEngine, text: string, before: readonly Intent[]): Promise<ModelIntent> {
    const call = (signal: AbortSignal) => intentBy(engine, text, before, signal);
    return this.breaker.execute(call, AbortSignal.timeout(ANSWER_TIMEOUT_MS));
  }
}

function reasonOf(error: unknown): ModelFailure {
  if (isModelFailed(error)) return error.reason;
  return error instanceof BreakerOpenError ? 'unreachable' : 'timeout';
}
