import { isDeepStrictEqual } from 'node:util';
import {
  Inject,
  Injectable,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { isModelFailed } from '@parley/ai';
import {
  isId,
  makeEvent,
  ProblemError,
  type DegradedReason,
  type Summary,
} from '@parley/contracts';
import { UnitOfWork } from '@parley/database';
import { logEvent } from '@parley/observability';
import { requestContext, Sweep } from '@parley/service';
import { MeetingModels } from '@parley/model-budget';
import { LinesRepository, MOST_LINES } from '../lines/lines.repository';
import type { MeetingEntity } from '../meetings/meeting.entity';
import { MeetingsRepository } from '../meetings/meetings.repository';
import { notesOf } from '../meetings/notes-only';
import type { SpokenLine } from '../planning/draft';
import { KeyedQueue } from '../suggestions/keyed-queue';
import { SuggestionsRepository } from '../suggestions/suggestions.repository';
import { EXTRACTIVE_ENGINE, extractiveSummary, type SummarySections } from './extractive-summary';
import { withKeptLines } from './kept-lines';
import { modelSummary } from './model-summary';
import { SummariesRepository } from './summaries.repository';

const ROLLING_EVERY_LINES = 10;
const OVERDUE_SECONDS = 30;
/** Corrections come in rows, such as when a voice gets its name: the summary is made anew after the last. */
const CORRECTIONS_REST_SECONDS = 5;
const SWEEP_MS = 5_000;

type Written = Pick<Summary, 'engine' | 'degraded' | 'degradedBecause' | 'awaitedChannels'> & {
  sections: SummarySections;
};

/** Sums a meeting up while it runs and, once everything said has arrived, for good. */
@Injectable()
export class SummaryService implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly perMeeting = new KeyedQueue();
  private readonly sweep = new Sweep({
    everyMs: SWEEP_MS,
    work: async () => {
      await this.finishOverdue();
      await this.takeInCorrections();
    },
    failed: (error) => {
      logEvent('summary.sweep-failed', { err: error });
    },
  });

  constructor(
    @Inject(SummariesRepository) private readonly summaries: SummariesRepository,
    @Inject(LinesRepository) private readonly lines: LinesRepository,
    @Inject(MeetingsRepository) private readonly meetings: MeetingsRepository,
    @Inject(SuggestionsRepository) private readonly suggestions: SuggestionsRepository,
    @Inject(UnitOfWork) private readonly work: UnitOfWork,
    @Inject(MeetingModels) private readonly models: MeetingModels,
  ) {}

  onApplicationBootstrap(): void {
    this.sweep.start();
  }

  beforeApplicationShutdown(): Promise<void> {
    return this.sweep.stop();
  }

  async get(meetingId: string): Promise<Summary> {
    const latest = isId(meetingId) ? await this.summaries.latest(meetingId) : null;
    if (latest?.workspaceId !== requestContext().workspaceId) {
      throw new ProblemError('not-found', 'There is no summary of this meeting yet.');
    }
    return latest.summary;
  }

  /** A line has come: now and then a rolling summary, and the final one after the last. */
  async onLine(meetingId: string): Promise<void> {
    if (await this.finishWhenComplete(meetingId)) return;
    const [count, summedUp] = await Promise.all([
      this.lines.count(meetingId),
      this.summaries.linesSummedUp(meetingId),
    ]);
    // Not a remainder: lines arrive twice, and two at once.
    const tensOf = (lines: number): number => Math.floor(lines / ROLLING_EVERY_LINES);
    if (tensOf(count) <= tensOf(summedUp)) return;
    await this.write(meetingId, 'rolling');
  }

  /** @returns whether the meeting had everything and is summed up now. */
  async finishWhenComplete(meetingId: string): Promise<boolean> {
    if (!(await this.meetings.isComplete(meetingId))) return false;
    await this.write(meetingId, 'final');
    return true;
  }

  async finishOverdue(): Promise<void> {
    for (const meetingId of await this.meetings.overdue(OVERDUE_SECONDS)) {
      logEvent('summary.incomplete', { meetingId });
      await this.write(meetingId, 'final');
    }
  }

  /** Final summaries of which lines were corrected since are made anew. */
  async takeInCorrections(restSeconds = CORRECTIONS_REST_SECONDS): Promise<void> {
    for (const meetingId of await this.meetings.correctedSince(restSeconds)) {
      await this.write(meetingId, 'final');
    }
  }

  private write(meetingId: string, status: 'rolling' | 'final'): Promise<void> {
    return this.perMeeting.run(meetingId, async () => {
      const meeting = await this.meetings.find(meetingId);
      if (!meeting || (meeting.summarisedAt && status === 'rolling')) return;
      // Before the lines: what comes in between is in them, and another version says so.
      const awaited = status === 'final' ? await this.meetings.awaitedChannels(meetingId) : [];
      const lines = await this.lines.all(meetingId);
      // Its words were taken out: the notes that were made of them stay.
      if (meeting.notesOnly && meeting.summarisedAt && lines.length === 0) return;
      const knowsAllLines = (meeting.summarisedLines ?? -1) >= lines.length;
      const toldTheEnd = meeting.awaitsWords && awaited.length === 0;
      if (knowsAllLines && meeting.correctedAt === null && !toldTheEnd) return;
      const written = await this.compose(meeting, lines, status);
      const awaits = awaited.length > 0 ? { awaitedChannels: awaited } : {};
      await this.save(meeting, status, lines, { ...written, ...awaits });
    });
  }

  private async compose(
    meeting: MeetingEntity,
    lines: SpokenLine[],
    status: 'rolling' | 'final',
  ): Promise<Written> {
    if (lines.length === MOST_LINES) {
      logEvent('summary.cut', { meetingId: meeting.id, lines: MOST_LINES });
    }
    const suggestions = await this.suggestions.ofMeeting(meeting.id);
    const answered = new Set(
      suggestions.filter(({ kind }) => kind === 'fact').map((fact) => fact.originSegmentId),
    );
    const material = { lines, participants: meeting.participants, answered };
    // While it runs the words may still change: the model is asked once, at the end.
    const engine = this.models.for([meeting.id]);
    let because: DegradedReason | null = engine ? null : 'no-model';
    if (engine && status === 'final' && lines.length > 0) {
      try {
        const sections = await modelSummary(engine, material);
        return { sections, engine: engine.name, degraded: false };
      } catch (error) {
        const reason = isModelFailed(error) ? error.reason : 'out-of-shape';
        because = this.models.fellBack(engine, reason);
        logEvent('summary.failed', { meetingId: meeting.id, reason, err: error });
      }
    }
    // Extractive for want of a model, be it that none is configured: a reader should know.
    const why = because ? { degradedBecause: because } : {};
    const sections = extractiveSummary(material);
    return { sections, engine: EXTRACTIVE_ENGINE, degraded: true, ...why };
  }

  private async save(
    { id: meetingId, workspaceId, correctedAt, notesOnly }: MeetingEntity,
    status: 'rolling' | 'final',
    lines: SpokenLine[],
    written: Written,
  ): Promise<void> {
    await this.work.run(async ({ manager, emit }) => {
      // Another replica may have written meanwhile: the meeting's row is held from here on.
      const mayWrite =
        status === 'final'
          ? await this.meetings.markSummarised(
              manager,
              meetingId,
              lines.length,
              written.awaitedChannels !== undefined,
              correctedAt,
            )
          : await this.meetings.isUnsummarised(manager, meetingId);
      if (!mayWrite) return;
      const before = await this.summaries.lockLatest(manager, meetingId);
      const dismissed = before?.dismissed ?? [];
      const kept = before?.summary.sections ?? null;
      const whole = withKeptLines(written.sections, kept, dismissed, lines);
      const sections = notesOnly ? notesOf(whole, written.engine === EXTRACTIVE_ENGINE) : whole;
      const isFinal = before !== null && before.status !== 'rolling';
      const knew = [before?.summary.awaitedChannels, kept];
      const saysTheSame = isDeepStrictEqual([written.awaitedChannels, sections], knew);
      if (isFinal && before.lines === lines.length && saysTheSame) return;
      const version = (before?.version ?? 0) + 1;
      const madeAt = new Date().toISOString();
      const summary: Summary = { meetingId, version, status, ...written, sections, madeAt };
      const row = { meetingId, version, workspaceId, status, summary, dismissed };
      await this.summaries.insert(manager, { ...row, lines: lines.length });
      emit(makeEvent('summary.updated', { version, summary }, { meetingId, workspaceId }));
    });
  }
}
