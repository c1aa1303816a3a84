import { Inject, Injectable } from '@nestjs/common';
import { isModelFailed } from '@parley/ai';
import type { Analysis, Segment } from '@parley/contracts';
import { MeetingModels } from '@parley/model-budget';
import { logEvent } from '@parley/observability';
import { InsightsRepository } from '../insights/insights.repository';
import type { ReadSegment } from '../insights/segment-reader';
import { isDoubtful } from './doubt';
import { intentBy } from './model-intent';

/** Lets a language model, where one is configured, decide what the classifier is in doubt about. */
@Injectable()
export class RefinementService {
  constructor(
    @Inject(MeetingModels) private readonly models: MeetingModels,
    @Inject(InsightsRepository) private readonly insights: InsightsRepository,
  ) {}

  /**
   * The analysis with the intent that the model gives, or, when the model fails, as it was and `degraded`. What is not in
   * doubt, and everything while no model is configured, stays as it was.
   * @throws what else goes wrong, as at the database: the segment comes again then.
   */
  async refine(segment: Segment, { text, analysis, before }: ReadSegment): Promise<Analysis> {
    const engine = this.models.for([segment.meetingId]);
    if (!engine || !isDoubtful(text, analysis)) return analysis;
    // It comes again: nothing will be written, and nothing is paid for.
    if (await this.insights.knows(segment)) return analysis;
    try {
      const { intent, confidence } = await intentBy(engine, text, before);
      return { ...analysis, intent, confidence, engine: engine.name };
    } catch (error) {
      if (!isModelFailed(error)) throw error;
      logEvent('intent.not-refined', { engine: engine.name, reason: error.reason });
      this.models.fellBack(engine, error.reason);
      return { ...analysis, degraded: true };
    }
  }
}
