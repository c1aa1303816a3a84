import {
  Inject,
  Injectable,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { SETTINGS } from '@parley/config';
import { makeEvent, type ExpiryReason } from '@parley/contracts';
import { UnitOfWork } from '@parley/database';
import { logEvent } from '@parley/observability';
import { Sweep } from '@parley/service';
import type { AgentSettings } from '../agent.settings';
import { LinesRepository } from '../lines/lines.repository';
import { ANSWER_WITHIN_LINES, answers } from '../planning/answers';
import type { SpokenLine } from '../planning/draft';
import { lapsedBefore } from './lapsed-before';
import type { SuggestionEntity } from './suggestion.entity';
import { SuggestionMetrics } from './suggestion.metrics';
import { aboutRow, toSuggestion } from './suggestion.view';
import { SuggestionsRepository } from './suggestions.repository';

const SWEEP_MS = 60_000;
const AT_ONCE = 100;

/** Takes suggestions back that were overtaken: nobody has to decide on them any more. */
@Injectable()
export class ExpiryService implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly sweep = new Sweep({
    everyMs: SWEEP_MS,
    work: () => this.expireOld(new Date()),
    failed: (error) => {
      logEvent('suggestions.sweep-failed', { err: error });
    },
  });

  constructor(
    @Inject(SETTINGS) private readonly settings: AgentSettings,
    @Inject(SuggestionsRepository) private readonly suggestions: SuggestionsRepository,
    @Inject(LinesRepository) private readonly lines: LinesRepository,
    @Inject(UnitOfWork) private readonly work: UnitOfWork,
    @Inject(SuggestionMetrics) private readonly metrics: SuggestionMetrics,
  ) {}

  onApplicationBootstrap(): void {
    this.sweep.start();
  }

  beforeApplicationShutdown(): Promise<void> {
    return this.sweep.stop();
  }

  /** Open questions that this line answers, as the summary sees it. */
  async onLine(line: SpokenLine): Promise<void> {
    const { meetingId, startMs } = line.segment;
    const open = await this.suggestions.pendingOfKind(meetingId, 'question');
    if (open.length === 0) return;
    const before = await this.lines.before(meetingId, startMs, ANSWER_WITHIN_LINES);
    const near = new Set(before.map(({ segment }) => segment.id));
    for (const row of open) {
      const { question } = row.arguments;
      if (!near.has(row.originSegmentId) || typeof question !== 'string') continue;
      if (answers(line, question)) await this.expire(row, 'answered');
    }
  }

  /** Whatever is still pending so long after its meeting. */
  async expireOld(now: Date): Promise<void> {
    const endedBefore = lapsedBefore(now, this.settings);
    const rows = await this.suggestions.pendingSince(endedBefore, AT_ONCE);
    for (const row of rows) await this.expire(row, 'meeting-ended');
  }

  private async expire(row: SuggestionEntity, expiredBecause: ExpiryReason): Promise<void> {
    const change = { status: 'expired' as const, expiredBecause };
    const lapsed = await this.work.run(async ({ manager, emit }) => {
      // Somebody may decide at this very moment: then that holds.
      if (!(await this.suggestions.decide(manager, row.id, change))) return false;
      const suggestion = toSuggestion({ ...row, ...change });
      emit(makeEvent('suggestion.decided', { suggestion }, aboutRow(row)));
      return true;
    });
    if (lapsed) this.metrics.expired(row.kind, expiredBecause);
  }
}
