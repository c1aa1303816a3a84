import { Inject, Injectable } from '@nestjs/common';
import { isModelFailed } from '@parley/ai';
import { SETTINGS } from '@parley/config';
import {
  evidenceHash,
  isId,
  makeEvent,
  ProblemError,
  type SearchHit,
  type Suggestion,
  type SuggestionKind,
} from '@parley/contracts';
import { UnitOfWork } from '@parley/database';
import { MeetingModels } from '@parley/model-budget';
import { logEvent } from '@parley/observability';
import {
  assertIdCursor,
  audited,
  pageFrom,
  requestContext,
  ServiceClient,
  type Page,
} from '@parley/service';
import type { AgentSettings } from '../agent.settings';
import { isWritten, wordedBy } from '../drafting/model-draft';
import { LinesRepository } from '../lines/lines.repository';
import { MeetingsRepository } from '../meetings/meetings.repository';
import { draftsWithoutWords } from '../meetings/notes-only';
import type { Draft, SpokenLine } from '../planning/draft';
import { isNew } from '../planning/novelty';
import { lookupOf } from '../planning/lookup';
import { plan } from '../planning/plan';
import { KeyedQueue } from './keyed-queue';
import { pendingRow } from './pending-row';
import type { SuggestionEntity } from './suggestion.entity';
import type { ListSuggestions } from './suggestion.requests';
import { SuggestionMetrics } from './suggestion.metrics';
import { aboutRow, toSuggestion } from './suggestion.view';
import { SuggestionsRepository } from './suggestions.repository';

export const RULES_ENGINE = 'parley-rules-1';
const TOKENS_SPENT =
  'Left as it was spoken: the tokens that a model may use for this meeting are spent.';
const RECENT_LINES = 5;
const HITS = 3;
const RETRIEVAL_TIMEOUT_MS = 2_000;
/** The people are still talking about it: later would be too late. */
const WORDING_PATIENCE_MS = 8_000;

interface Worded {
  draft: Draft;
  engine: string;
  degraded: boolean;
}

/** Proposes; it never acts. */
@Injectable()
export class SuggestionsService {
  /** Two lines of one meeting are planned one after the other, so that they see each other's suggestions. */
  private readonly perMeeting = new KeyedQueue();

  constructor(
    @Inject(SETTINGS) private readonly settings: AgentSettings,
    @Inject(SuggestionsRepository) private readonly suggestions: SuggestionsRepository,
    @Inject(LinesRepository) private readonly lines: LinesRepository,
    @Inject(MeetingsRepository) private readonly meetings: MeetingsRepository,
    @Inject(ServiceClient) private readonly services: ServiceClient,
    @Inject(UnitOfWork) private readonly work: UnitOfWork,
    @Inject(MeetingModels) private readonly models: MeetingModels,
    @Inject(SuggestionMetrics) private readonly metrics: SuggestionMetrics,
  ) {}

  /** Plans on a line; planning on it again adds nothing. */
  async planOn(line: SpokenLine, workspaceId: string): Promise<void> {
    const hits = await this.retrieve(line);
    await this.perMeeting.run(line.segment.meetingId, () => this.suggest(line, hits, workspaceId));
  }

  async list(query: ListSuggestions): Promise<Page<Suggestion>> {
    const { meetingId, status, limit, cursor } = query;
    assertIdCursor(cursor);
    const filter = {
      workspaceId: requestContext().workspaceId,
      ...(meetingId ? { meetingId } : {}),
      ...(status ? { status } : {}),
    };
    const rows = await this.suggestions.list(filter, limit + 1, cursor);
    return pageFrom(rows, limit, toSuggestion);
  }

  async get(id: string): Promise<Suggestion> {
    return toSuggestion(await this.require(id));
  }

  /** @throws ProblemError `suggestion-not-found`, also for another workspace's. */
  async require(id: string): Promise<SuggestionEntity> {
    const found = isId(id) ? await this.suggestions.find(requestContext().workspaceId, id) : null;
    if (!found)
      throw new ProblemError('suggestion-not-found', 'There is no suggestion with this id.');
    return found;
  }

  async reject(id: string, reason: string | undefined): Promise<Suggestion> {
    const row = await this.require(id);
    const rejected = await this.work.run(async ({ manager, emit }) => {
      const { name: decidedBy } = requestContext().caller;
      const decision = { status: 'rejected' as const, decidedBy };
      const decided = await this.suggestions.decide(manager, id, {
        ...decision,
        ...(reason ? { rejectReason: reason } : {}),
      });
      if (!decided) throw alreadyDecided(row);
      const suggestion = toSuggestion({ ...row, ...decision });
      emit(makeEvent('suggestion.decided', { suggestion }, aboutRow(row)));
      const details = { kind: row.kind, evidenceHash: evidenceHash(row.citations) };
      emit(audited('suggestion.rejected', id, details, aboutRow(row)));
      return suggestion;
    });
    this.metrics.decided(row.kind, 'rejected');
    return rejected;
  }

  /** Null when there is nothing to look up, or rag could not be asked: then nothing is claimed either way. */
  private async retrieve(line: SpokenLine): Promise<SearchHit[] | null> {
    const lookup = lookupOf(line);
    if (lookup === null) return null;
    try {
      const { items } = await this.services.request<{ items: SearchHit[] }>(
        'rag',
        'POST',
        '/v1/search',
        {
          // In an earlier meeting the best match of a question is often the same question.
          body: { query: lookup.query, limit: HITS, sources: ['document'] },
          timeoutMs: RETRIEVAL_TIMEOUT_MS,
        },
      );
      return items;
    } catch (error) {
      const reason = error instanceof ProblemError ? error.code : 'failed';
      logEvent('retrieval.failed', { meetingId: line.segment.meetingId, reason });
      return null;
    }
  }

  private async suggest(
    line: SpokenLine,
    hits: SearchHit[] | null,
    workspaceId: string,
  ): Promise<void> {
    const { meetingId, startMs } = line.segment;
    const [meeting, recent] = await Promise.all([
      this.meetings.find(meetingId),
      this.lines.before(meetingId, startMs, RECENT_LINES),
    ]);
    const planned = plan({
      line,
      recent,
      participants: meeting?.participants ?? [],
      hits,
      factMinScore: this.settings.FACT_MIN_SCORE,
      topicMinScore: this.settings.TOPIC_FACT_MIN_SCORE,
    });
    const drafts = meeting?.notesOnly ? draftsWithoutWords(planned) : planned;
    if (drafts.length === 0) return;
    const earlier = await this.suggestions.ofMeeting(meetingId);
    const rules = {
      cooldownMs: this.settings.SUGGESTION_COOLDOWN_SECONDS * 1_000,
      mostPerMeeting: this.settings.SUGGESTIONS_PER_MEETING,
    };
    const fresh = drafts.filter((draft) => isNew(draft, startMs, earlier, rules));
    if (fresh.length === 0) return;
    const worded = await Promise.all(
      fresh.map((draft) => this.word(draft, [...recent, line], meetingId)),
    );
    await this.save(worded, line, workspaceId);
  }

  /** Messages and emails are worded by the model, if there is one; else they stay in the words spoken. */
  private async word(draft: Draft, spoken: SpokenLine[], meetingId: string): Promise<Worded> {
    const engine = this.models.for([meetingId]);
    if (!engine || !isWritten(draft)) {
      return { draft, engine: RULES_ENGINE, degraded: false };
    }
    try {
      const worded = await wordedBy(engine, draft, spoken, WORDING_PATIENCE_MS);
      return { draft: worded, engine: engine.name, degraded: false };
    } catch (error) {
      const reason = isModelFailed(error) ? error.reason : 'timeout';
      logEvent('wording.failed', { engine: engine.name, reason });
      const because = this.models.fellBack(engine, reason);
      const reasons = [...draft.reasons, ...(because === 'budget-spent' ? [TOKENS_SPENT] : [])];
      return { draft: { ...draft, reasons }, engine: RULES_ENGINE, degraded: true };
    }
  }

  private async save(worded: Worded[], line: SpokenLine, workspaceId: string): Promise<void> {
    const made = await this.work.run(async ({ manager, emit }) => {
      const kinds: SuggestionKind[] = [];
      for (const { draft, engine, degraded } of worded) {
        const row = pendingRow(draft, { line, workspaceId, engine, degraded });
        if (!(await this.suggestions.insert(manager, row))) continue;
        emit(makeEvent('suggestion.created', { suggestion: toSuggestion(row) }, aboutRow(row)));
        kinds.push(row.kind);
      }
      return kinds;
    });
    for (const kind of made) this.metrics.made(kind);
  }
}

export function alreadyDecided(row: SuggestionEntity): ProblemError {
  const how = row.status === 'pending' ? 'decided' : row.status;
  return new ProblemError('suggestion-decided', `This suggestion was ${how} before.`);
}
