import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { BLOBS, type Blobs } from '@parley/blobs';
import { Broadcast } from '@parley/bus';
import {
  isId,
  makeEvent,
  newId,
  primaryLanguage,
  ProblemError,
  type CreateMeeting,
  type Meeting,
} from '@parley/contracts';
import { UnitOfWork, type Unit } from '@parley/database';
import {
  assertIdCursor,
  pageFrom,
  requestContext,
  ServiceClient,
  type Page,
} from '@parley/service';
import { ChannelsRepository } from '../audio/channels.repository';
import { MeetingEntity } from './meeting.entity';
import { MeetingsRepository } from './meetings.repository';
import { startedEvent } from './started-event';
import { wordsOf } from './words-of';

/** Broadcast to every replica once a meeting has ended, so that whoever holds its senders finishes them. */
export const MEETING_ENDING = 'meeting.ending';
/** Broadcast once a meeting is erased, so that whoever holds its lines lets go of them. */
export const MEETING_ERASED = 'meeting.erased';

@Injectable()
export class MeetingsService {
  constructor(
    @Inject(MeetingsRepository) private readonly meetings: MeetingsRepository,
    @Inject(ChannelsRepository) private readonly channels: ChannelsRepository,
    @Inject(UnitOfWork) private readonly work: UnitOfWork,
    @Inject(Broadcast) private readonly broadcast: Broadcast,
    @Inject(ServiceClient) private readonly services: ServiceClient,
    @Inject(BLOBS) private readonly blobs: Blobs | null,
  ) {}

  /** @param also done in the same transaction, before anybody hears of the meeting */
  async create(
    input: CreateMeeting,
    also?: (unit: Unit, meetingId: string) => Promise<void>,
  ): Promise<Meeting> {
    const language = input.language ?? 'en';
    const timeZone = input.timeZone ?? 'UTC';
    const startedAt = startOf(input);
    assertOwnChannels(input);
    if (primaryLanguage(language) !== 'en') await this.assertEngineFor(language);

    const { workspaceId } = requestContext();
    const wants = await this.meetings.workspaceWants(workspaceId);
    const privacyMode = input.privacyMode ?? wants.privacyMode;
    const meeting = new MeetingEntity();
    Object.assign(meeting, {
      id: newId(),
      workspaceId,
      title: input.title,
      platform: input.platform ?? 'other',
      privacyMode,
      privacyEpoch: 0,
      offTheRecord: privacyMode === 'off-the-record' ? [{ startMs: 0, endMs: null }] : [],
      recorded: privacyMode !== 'off-the-record',
      notesOnly: privacyMode === 'notes-only',
      participants: (input.participants ?? []).map((person) => ({
        ...person,
        id: newId<string>(),
        consent: 'unknown' as const,
      })),
      language,
      timeZone,
      vocabulary: wordsOf(input.vocabulary ?? [], wants.vocabulary),
      keepAudio: input.keepAudio ?? false,
      redactPersonalData: input.redactPersonalData === true || wants.redacts,
      redactNames: input.redactNames === true || wants.redactsNames,
      captionSecret: randomUUID(),
      status: 'live',
      startedAt,
      endedAt: null,
    } satisfies MeetingEntity);
    if (meeting.keepAudio) this.assertAudioMayStay(meeting);
    await this.work.run(async (unit) => {
      await this.meetings.insert(unit.manager, meeting);
      await also?.(unit, meeting.id);
      // Off the record nobody else hears of it.
      if (meeting.recorded) unit.emit(startedEvent(meeting));
    });
    return toMeeting(meeting);
  }

  async get(id: string): Promise<Meeting> {
    const meeting = await this.require(id);
    const wordsErasedAt = meeting.notesOnly ? await this.meetings.wordsErasedAt(id) : null;
    return {
      ...toMeeting(meeting),
      ...(wordsErasedAt === null ? {} : { wordsErasedAt: wordsErasedAt.toISOString() }),
    };
  }

  async list(limit: number, cursor?: string): Promise<Page<Meeting>> {
    assertIdCursor(cursor);
    const rows = await this.meetings.list(requestContext().workspaceId, limit + 1, cursor);
    return pageFrom(rows, limit, toMeeting);
  }

  /** Ends the meeting for everybody; ending it twice is the same as once. */
  async end(id: string): Promise<Meeting> {
    const meeting = await this.require(id);
    if (meeting.status === 'ended') return toMeeting(meeting);
    const endedAt = new Date();
    await this.work.run(async ({ manager, emit }) => {
      if (!(await this.meetings.end(manager, id, endedAt))) return;
      const all = await this.channels.within(manager, id);
      const channels = all.map(({ channel }) => channel);
      emit(
        makeEvent(
          'meeting.ended',
          { endedAt: endedAt.toISOString(), channels },
          { meetingId: id, workspaceId: meeting.workspaceId },
        ),
      );
    });
    await this.broadcast.publish(MEETING_ENDING, { meetingId: id });
    return this.get(id);
  }

  /** @throws ProblemError `meeting-not-found`, also for another workspace's meeting. */
  async require(id: string): Promise<MeetingEntity> {
    const meeting = isId(id) ? await this.meetings.find(requestContext().workspaceId, id) : null;
    if (!meeting) throw new ProblemError('meeting-not-found', 'There is no meeting with this id.');
    return meeting;
  }

  /** @throws ProblemError `meeting-not-found`; `meeting-ended` */
  async requireLive(id: string): Promise<MeetingEntity> {
    const meeting = await this.require(id);
    if (meeting.status === 'live') return meeting;
    throw new ProblemError('meeting-ended', 'This meeting has ended and takes nothing more.');
  }

  /** Rather refused than promised: audio says all that is taken out of the words. */
  private assertAudioMayStay({ notesOnly, redactPersonalData, redactNames }: MeetingEntity): void {
    const because = notesOnly
      ? 'Only notes are kept of this meeting: its audio cannot be.'
      : redactPersonalData || redactNames
        ? 'Personal data is taken out of what is said in this meeting: its audio cannot be kept.'
        : this.blobs === null
          ? 'This installation has no place for audio: see BLOBS_DIR and BLOBS_S3_BUCKET.'
          : null;
    if (because !== null) throw new ProblemError('validation-failed', because);
  }

  private async assertEngineFor(language: string): Promise<void> {
    const { items } = await this.services.request<{
      items: { kind: string; languages?: string[] }[];
    }>('asr', 'GET', '/v1/engines');
    const spoken = items.flatMap((engine) => engine.languages ?? []);
    if (!spoken.includes(primaryLanguage(language))) {
      throw new ProblemError(
        'unsupported-language',
        `No speech engine here transcribes ${language}; there is one for: ${spoken.join(', ')}.`,
      );
    }
  }
}

/** A clock that is a little ahead of ours is no reason to refuse. */
const CLOCK_SKEW_MS = 60_000;

function startOf({ startedAt }: CreateMeeting): Date {
  if (startedAt === undefined) return new Date();
  const at = Date.parse(startedAt);
  const isPast = at >= 0 && at <= Date.now() + CLOCK_SKEW_MS;
  if (!isPast) {
    throw new ProblemError(
      'validation-failed',
      'startedAt must be between 1970 and now: it is for meetings that began already.',
    );
  }
  return new Date(at);
}

function assertOwnChannels(input: CreateMeeting): void {
  const own = (input.participants ?? []).flatMap(({ channel }) => channel ?? []);
  if (new Set(own).size < own.length) {
    throw new ProblemError('validation-failed', 'Two participants cannot own one channel.');
  }
}

function toMeeting(row: MeetingEntity): Meeting {
  const { id, title, platform, privacyMode, participants, language, timeZone } = row;
  const { vocabulary, keepAudio, redactPersonalData, redactNames, status } = row;
  return {
    id,
    title,
    platform,
    privacyMode,
    participants,
    language,
    timeZone,
    vocabulary,
    keepAudio,
    redactPersonalData,
    redactNames,
    status,
    startedAt: row.startedAt.toISOString(),
    endedAt: row.endedAt?.toISOString() ?? null,
  };
}
