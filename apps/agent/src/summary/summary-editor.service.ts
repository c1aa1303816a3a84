import { Inject, Injectable } from '@nestjs/common';
import { isId, makeEvent, ProblemError, type Summary } from '@parley/contracts';
import { UnitOfWork } from '@parley/database';
import { audited, requestContext, type Page, type PageQuery } from '@parley/service';
import { LinesRepository } from '../lines/lines.repository';
import { MeetingsRepository } from '../meetings/meetings.repository';
import { notesOf } from '../meetings/notes-only';
import { editSections } from './edit-sections';
import { EXTRACTIVE_ENGINE } from './extractive-summary';
import { SummariesRepository } from './summaries.repository';
import type { SummaryEntity } from './summary.entity';
import type { EditSummary } from './summary.requests';

/** What people make of summaries; every version stays. */
@Injectable()
export class SummaryEditorService {
  constructor(
    @Inject(SummariesRepository) private readonly summaries: SummariesRepository,
    @Inject(LinesRepository) private readonly lines: LinesRepository,
    @Inject(MeetingsRepository) private readonly meetings: MeetingsRepository,
    @Inject(UnitOfWork) private readonly work: UnitOfWork,
  ) {}

  /** @throws ProblemError `conflict` when there is a newer version than the one that was edited. */
  async edit(meetingId: string, change: EditSummary): Promise<Summary> {
    if (!isId(meetingId)) throw noSummary();
    const [texts, meeting] = await Promise.all([
      this.lines.texts(meetingId),
      this.meetings.find(meetingId),
    ]);
    return this.work.run(async ({ manager, emit }) => {
      const { workspaceId, caller } = requestContext();
      const before = await this.summaries.lockLatest(manager, meetingId);
      if (before?.workspaceId !== workspaceId) throw noSummary();
      if (before.version !== change.version) throw newer(before);
      const editor = { name: caller.name, at: new Date().toISOString() };
      const edited = editSections(before.summary.sections, change, editor, texts);
      const isSpoken = before.summary.engine === EXTRACTIVE_ENGINE;
      const sections = meeting?.notesOnly ? notesOf(edited.sections, isSpoken) : edited.sections;
      const summary: Summary = {
        ...before.summary,
        version: before.version + 1,
        status: 'edited',
        sections,
        madeAt: editor.at,
        editedBy: caller.name,
      };
      await this.summaries.insert(manager, {
        ...before,
        version: summary.version,
        status: summary.status,
        summary,
        dismissed: [...before.dismissed, ...edited.dismissed],
      });
      const { version } = summary;
      const about = { meetingId, workspaceId };
      emit(makeEvent('summary.updated', { version, summary }, about));
      for (const { id, done } of edited.ticked) {
        emit(audited(done ? 'task.done' : 'task.reopened', id, {}, about));
      }
      return summary;
    });
  }

  async versions(meetingId: string, { limit, cursor }: PageQuery): Promise<Page<Summary>> {
    if (!isId(meetingId)) throw noSummary();
    if (cursor !== undefined && !/^[1-9]\d{0,8}$/.test(cursor)) {
      throw new ProblemError('validation-failed', 'This cursor was not given by us.');
    }
    const { workspaceId } = requestContext();
    const before = cursor === undefined ? undefined : Number(cursor);
    const rows = await this.summaries.versions(workspaceId, meetingId, limit + 1, before);
    if (rows.length === 0 && before === undefined) throw noSummary();
    const items = rows.slice(0, limit).map(({ summary }) => summary);
    return { items, nextCursor: rows.length > limit ? `${items.at(-1)?.version}` : null };
  }
}

function noSummary(): ProblemError {
  return new ProblemError('not-found', 'There is no summary of this meeting yet.');
}

function newer({ version }: SummaryEntity): ProblemError {
  return new ProblemError(
    'conflict',
    `The summary is at version ${version} now: read it, and edit that one.`,
  );
}
