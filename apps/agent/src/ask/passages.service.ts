import { setImmediate as yieldToOthers } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import { SETTINGS } from '@parley/config';
import { isId, ProblemError, type SearchResults } from '@parley/contracts';
import { requestContext, ServiceClient } from '@parley/service';
import type { AgentSettings } from '../agent.settings';
import { LinesRepository } from '../lines/lines.repository';
import type { MeetingEntity } from '../meetings/meeting.entity';
import { MeetingsRepository } from '../meetings/meetings.repository';
import type { Inquiry } from './inquiry';
import { passageOf, type Passage } from './passage';
import { spokenPassages } from './spoken-passages';

/** What runs, or ended so lately that rag may not hold it yet, is read from agent's own lines. */
const LATEST_MEETINGS = 10;
const HITS = 12;

/** Finds what a question could be answered from; everything it gives belongs to the caller's workspace. */
@Injectable()
export class PassagesService {
  constructor(
    @Inject(SETTINGS) private readonly settings: AgentSettings,
    @Inject(MeetingsRepository) private readonly meetings: MeetingsRepository,
    @Inject(LinesRepository) private readonly lines: LinesRepository,
    @Inject(ServiceClient) private readonly services: ServiceClient,
  ) {}

  /** @throws ProblemError `meeting-not-found`, also for another workspace's. */
  async ofMeetings(ids: string[], inquiry: Inquiry): Promise<Passage[]> {
    const meetings: MeetingEntity[] = [];
    for (const id of new Set(ids)) meetings.push(await this.require(id));
    return this.spoken(meetings, inquiry);
  }

  /**
   * Documents and meetings.
   * @throws ProblemError when rag cannot be asked: to say that nothing was found would not be true.
   */
  async ofEverything(inquiry: Inquiry): Promise<Passage[]> {
    const { workspaceId } = requestContext();
    const latest = await this.meetings.latest(workspaceId, LATEST_MEETINGS);
    const own = new Set(latest.map(({ id }) => id));
    const [spoken, { items }] = await Promise.all([
      this.spoken(latest, inquiry),
      this.services.request<SearchResults>('rag', 'POST', '/v1/search', {
        body: { query: inquiry.query.slice(0, 1_000), limit: HITS },
      }),
    ]);
    const found = items
      .filter(({ meetingId }) => meetingId === undefined || !own.has(meetingId))
      .map(passageOf)
      .map((each) => (each.score < this.settings.FACT_MIN_SCORE ? { ...each, answers: 0 } : each));
    return best([...spoken.filter(({ score }) => score > 0), ...found]);
  }

  private async require(id: string): Promise<MeetingEntity> {
    const meeting = isId(id) ? await this.meetings.find(id) : null;
    if (meeting?.workspaceId !== requestContext().workspaceId) {
      throw new ProblemError('meeting-not-found', 'There is no meeting with this id.');
    }
    return meeting;
  }

  private async spoken(meetings: MeetingEntity[], inquiry: Inquiry): Promise<Passage[]> {
    const passages: Passage[] = [];
    for (const meeting of meetings) {
      const lines = await this.lines.all(meeting.id);
      // A long meeting takes a while to look through; live audio may be waiting in this process.
      await yieldToOthers();
      passages.push(...spokenPassages(lines, inquiry, meeting.title));
    }
    return best(passages);
  }
}

function best(passages: Passage[]): Passage[] {
  return passages.sort((a, b) => b.answers - a.answers || b.score - a.score);
}
