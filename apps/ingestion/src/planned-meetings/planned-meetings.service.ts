import { Inject, Injectable } from '@nestjs/common';
import { isId, ProblemError, type Meeting } from '@parley/contracts';
import { pageFrom, requestContext, type Page, type PageQuery } from '@parley/service';
import { MeetingsService } from '../meetings/meetings.service';
import type { BeginPlannedMeeting, PlannedMeeting } from './planned-meeting.dto';
import type { PlannedMeetingEntity } from './planned-meeting.entity';
import { PlannedMeetingsRepository, type PlannedCursor } from './planned-meetings.repository';

/** What calendars plan, until somebody begins it. */
@Injectable()
export class PlannedMeetingsService {
  constructor(
    @Inject(PlannedMeetingsRepository) private readonly plans: PlannedMeetingsRepository,
    @Inject(MeetingsService) private readonly meetings: MeetingsService,
  ) {}

  async list({ limit, cursor }: PageQuery): Promise<Page<PlannedMeeting>> {
    const after = cursor === undefined ? undefined : readCursor(cursor);
    const rows = await this.plans.list(requestContext().workspaceId, limit + 1, after);
    return pageFrom(rows, limit, toView, cursorOf);
  }

  /** @throws ProblemError `planned-meeting-not-found`, also once it is begun, cancelled or over */
  async get(id: string): Promise<PlannedMeeting> {
    const row = await this.require(id);
    assertOpen(row);
    return toView(row);
  }

  /** Begun twice, or from two feeds, it is one meeting. @throws ProblemError `planned-meeting-not-found`, also once it is cancelled or over */
  async begin(id: string, given: BeginPlannedMeeting): Promise<Meeting> {
    const row = await this.require(id);
    if (row.meetingId !== null) return this.meetings.get(row.meetingId);
    assertOpen(row);
    const { title, platform, participants, timeZone } = toView(row);
    try {
      return await this.meetings.create(
        { ...given, title, platform, participants, timeZone },
        async ({ manager }, meetingId) => {
          const all = await this.plans.holdAll(manager, row);
          const begun = all.find(({ status }) => status === 'begun');
          if (begun) throw new BegunMeanwhile(begun.meetingId ?? '');
          const planned = all.filter(({ status }) => status === 'planned').map((held) => held.id);
          if (!planned.includes(id)) throw notFound();
          await this.plans.begin(manager, planned, meetingId);
        },
      );
    } catch (error) {
      if (error instanceof BegunMeanwhile) return this.meetings.get(error.meetingId);
      throw error;
    }
  }

  private async require(id: string): Promise<PlannedMeetingEntity> {
    const { workspaceId } = requestContext();
    const row = isId(id) ? await this.plans.find(workspaceId, id) : null;
    if (row) return row;
    throw notFound();
  }
}

/** By somebody else in the same moment, or from another feed. */
class BegunMeanwhile extends Error {
  override readonly name = 'BegunMeanwhile';

  constructor(readonly meetingId: string) {
    super('begun meanwhile');
  }
}

/** Neither begun nor cancelled nor over. */
function assertOpen({ status, endsAt }: PlannedMeetingEntity): void {
  if (status !== 'planned' || endsAt <= new Date()) throw notFound();
}

function notFound(): ProblemError {
  return new ProblemError(
    'planned-meeting-not-found',
    'No meeting with this id is planned: it may be cancelled, or over.',
  );
}

function cursorOf({ startsAt, id }: PlannedCursor): string {
  return `${startsAt.getTime()}.${id}`;
}

function readCursor(cursor: string): PlannedCursor {
  const [, ms = '', id = ''] = /^(\d{1,15})\.(.+)$/.exec(cursor) ?? [];
  if (!isId(id)) throw new ProblemError('validation-failed', 'This cursor was not given by us.');
  return { startsAt: new Date(Number(ms)), id };
}

function toView(row: PlannedMeetingEntity): PlannedMeeting {
  const { id, feedId, title, platform, participants, timeZone } = row;
  return {
    ...{ id, feedId, title, platform, participants, timeZone },
    startsAt: row.startsAt.toISOString(),
    endsAt: row.endsAt.toISOString(),
  };
}
