import { Inject, Injectable } from '@nestjs/common';
import { SETTINGS } from '@parley/config';
import { evidenceHash, isId, makeEvent, ProblemError, type Suggestion } from '@parley/contracts';
import { UnitOfWork } from '@parley/database';
import { audited, requestContext } from '@parley/service';
import type { AgentSettings } from '../agent.settings';
import { LinesRepository } from '../lines/lines.repository';
import type { MeetingEntity } from '../meetings/meeting.entity';
import { MeetingsRepository } from '../meetings/meetings.repository';
import { draftsWithoutWords } from '../meetings/notes-only';
import type { SpokenLine } from '../planning/draft';
import { bringsAddress, bringsEmail } from '../planning/foreign-text';
import { isNew } from '../planning/novelty';
import { KeyedQueue } from './keyed-queue';
import { lapsedBefore } from './lapsed-before';
import { pendingRow } from './pending-row';
import { draftOf, type Proposal } from './proposal';
import { SuggestionMetrics } from './suggestion.metrics';
import { aboutRow, toSuggestion } from './suggestion.view';
import { SuggestionsRepository } from './suggestions.repository';

/** `engine` of what came from an assistant. */
export const MCP_ENGINE = 'mcp';
/** So many of a meeting: an assistant in a loop may not bury what people have to decide on. */
const MOST_PROPOSALS = 20;

/** Takes in what an assistant proposes; a person decides on it as on any other suggestion. */
@Injectable()
export class ProposalsService {
  private readonly perMeeting = new KeyedQueue();

  constructor(
    @Inject(MeetingsRepository) private readonly meetings: MeetingsRepository,
    @Inject(LinesRepository) private readonly lines: LinesRepository,
    @Inject(SuggestionsRepository) private readonly suggestions: SuggestionsRepository,
    @Inject(UnitOfWork) private readonly work: UnitOfWork,
    @Inject(SuggestionMetrics) private readonly metrics: SuggestionMetrics,
    @Inject(SETTINGS) private readonly settings: AgentSettings,
  ) {}

  /**
   * @throws ProblemError `meeting-not-found` and `segment-not-found`, also for another workspace's; `validation-failed`
   * for what the meeting has already, a meeting whose suggestions have lapsed, what brings an address that nobody spoke, and more than a meeting may get.
   */
  async propose(proposal: Proposal): Promise<Suggestion> {
    const meeting = await this.require(proposal.meetingId);
    if (this.isOver(meeting))
      throw refused('The meeting ended too long ago to decide on anything.');
    const evidence = await this.evidence(proposal);
    const spoken = evidence.map(({ segment }) => segment.text).join(' ');
    const { title, body, reason, owner, to = [] } = proposal;
    const written = [title, body, reason, owner, ...to].join(' ');
    if (bringsAddress(written, spoken) || bringsEmail(written, spoken)) {
      throw refused('It holds an address that nobody spoke.');
    }
    const made = await this.perMeeting.run(meeting.id, () =>
      this.save(proposal, meeting, evidence),
    );
    if (!made) throw refused('The meeting has such a suggestion already.');
    this.metrics.made(made.kind);
    return made;
  }

  /** Its suggestions lapse: one more would be taken back before anybody saw it. */
  private isOver({ endedAt }: MeetingEntity): boolean {
    return endedAt !== null && endedAt < lapsedBefore(new Date(), this.settings);
  }

  private async save(
    proposal: Proposal,
    meeting: MeetingEntity,
    evidence: SpokenLine[],
  ): Promise<Suggestion | undefined> {
    const [line] = evidence;
    if (!line) return undefined;
    const about = { participants: meeting.participants, proposer: requestContext().caller.name };
    const whole = draftOf(proposal, evidence, about);
    const [draft] = meeting.notesOnly ? draftsWithoutWords([whole]) : [whole];
    if (!draft) throw refused('Of this meeting only notes are kept, and a question quotes it.');
    const earlier = await this.suggestions.ofMeeting(meeting.id);
    if (earlier.filter(({ engine }) => engine === MCP_ENGINE).length >= MOST_PROPOSALS) {
      throw refused(`A meeting takes at most ${MOST_PROPOSALS} proposals.`);
    }
    const rules = { cooldownMs: 0, mostPerMeeting: Number.POSITIVE_INFINITY };
    if (!isNew(draft, line.segment.startMs, earlier, rules)) return undefined;
    const { workspaceId } = meeting;
    const row = pendingRow(draft, { line, workspaceId, engine: MCP_ENGINE, degraded: false });
    return this.work.run(async ({ manager, emit }) => {
      if (!(await this.suggestions.insert(manager, row))) return undefined;
      const suggestion = toSuggestion(row);
      emit(makeEvent('suggestion.created', { suggestion }, aboutRow(row)));
      const details = { kind: row.kind, evidenceHash: evidenceHash(row.citations) };
      emit(audited('suggestion.proposed', row.id, details, aboutRow(row)));
      return suggestion;
    });
  }

  private async require(id: string): Promise<MeetingEntity> {
    const meeting = isId(id) ? await this.meetings.find(id) : null;
    if (meeting?.workspaceId === requestContext().workspaceId) return meeting;
    throw new ProblemError('meeting-not-found', 'There is no meeting with this id.');
  }

  private async evidence({ meetingId, segmentIds }: Proposal): Promise<SpokenLine[]> {
    const wanted = [...new Set(segmentIds)];
    const found = await this.lines.withIds(meetingId, wanted);
    if (found.length === wanted.length) return found;
    throw new ProblemError('segment-not-found', 'The meeting has not all of these segments.');
  }
}

function refused(why: string): ProblemError {
  return new ProblemError('validation-failed', why);
}
