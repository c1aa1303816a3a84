import { Inject, Injectable } from '@nestjs/common';
import { makeEvent, ProblemError, type Segment, type Speaker } from '@parley/contracts';
import { UnitOfWork } from '@parley/database';
import type { Page } from '@parley/service';
import type { EntityManager } from 'typeorm';
import { KnownMeetings } from '../sessions/known-meetings';
import { reviseSpeaker } from '../transcript/revisions';
import type { MeetingSpeaker, RenameSpeaker } from './speaker.dto';
import type { SpeakerEntity } from './speaker.entity';
import { SpeakersRepository, toSpeaker } from './speakers.repository';

/** Who speaks in a meeting, and that a person can put it right. */
@Injectable()
export class SpeakersService {
  constructor(
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(KnownMeetings) private readonly meetings: KnownMeetings,
    @Inject(SpeakersRepository) private readonly speakers: SpeakersRepository,
  ) {}

  async list(meetingId: string): Promise<Page<MeetingSpeaker>> {
    await this.meetings.require(meetingId);
    const spoken = await this.speakers.spokenMs(meetingId);
    const items = (await this.speakers.of(meetingId)).map((speaker) => {
      return { ...toSpeaker(speaker), spokenMs: spoken.get(speaker.id) ?? 0 };
    });
    return { items, nextCursor: null };
  }

  async rename(meetingId: string, id: string, input: RenameSpeaker): Promise<Speaker> {
    return this.change(meetingId, async (manager) => {
      const speaker = await this.require(manager, meetingId, id);
      const renamed = {
        ...speaker,
        name: input.name,
        participantId: input.participantId ?? speaker.participantId,
      };
      await this.speakers.rename(manager, speaker, renamed);
      return { from: speaker.id, to: toSpeaker(renamed) };
    });
  }

  async merge(meetingId: string, id: string, intoId: string): Promise<Speaker> {
    return this.change(meetingId, async (manager) => {
      const from = await this.require(manager, meetingId, id);
      const into = await this.require(manager, meetingId, intoId);
      if (from.id === into.id) {
        throw new ProblemError('conflict', 'These are one and the same speaker.');
      }
      await this.speakers.merge(manager, from, into);
      return { from: from.id, to: toSpeaker(into) };
    });
  }

  /** What changes and what it changes are written together, and told. */
  private async change(
    meetingId: string,
    make: (manager: EntityManager) => Promise<{ from: string; to: Speaker }>,
  ): Promise<Speaker> {
    const { workspaceId } = await this.meetings.require(meetingId);
    return this.unitOfWork.run(async ({ manager, emit }) => {
      const { from, to } = await make(manager);
      const revised: Segment[] = await reviseSpeaker(manager, { meetingId, speakerId: from }, to);
      for (const segment of revised) {
        emit(makeEvent('transcript.final', { segment }, { meetingId, workspaceId }));
      }
      return to;
    });
  }

  private async require(
    manager: EntityManager,
    meetingId: string,
    id: string,
  ): Promise<SpeakerEntity> {
    const speaker = await this.speakers.lock(manager, meetingId, id);
    if (speaker) return speaker;
    throw new ProblemError('speaker-not-found', 'Nobody in this meeting has this id.');
  }
}
