import { Inject, Injectable } from '@nestjs/common';
import { makeEvent, ProblemError, type Segment, type Speaker } from '@parley/contracts';
import { UnitOfWork } from '@parley/database';
import type { EntityManager } from 'typeorm';
import { estimatedWords } from '../listening/estimated-words';
import { ChannelRedaction } from '../redaction/channel-redaction';
import { redactText } from '../redaction/redact';
import { redactionOf } from '../redaction/redaction-of';
import { KnownMeetings } from '../sessions/known-meetings';
import type { MeetingEntity } from '../sessions/meeting.entity';
import { SpeakersRepository, toSpeaker } from '../speakers/speakers.repository';
import type { CorrectSegment } from './correct-segment.dto';
import { BY_HAND, reviseSegment, type Correction } from './revisions';
import type { SegmentEntity } from './segment.entity';

/** What a person puts right in a transcript. */
@Injectable()
export class CorrectionsService {
  constructor(
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(KnownMeetings) private readonly meetings: KnownMeetings,
    @Inject(SpeakersRepository) private readonly speakers: SpeakersRepository,
  ) {}

  /** @throws ProblemError `segment-not-found`, `speaker-not-found`, `validation-failed` for a change of nothing */
  async correct(meetingId: string, id: string, input: CorrectSegment): Promise<Segment> {
    const meeting = await this.meetings.require(meetingId);
    const { workspaceId } = meeting;
    // What is optional may come as null, and then says as little.
    const speakerId = input.speakerId ?? undefined;
    const written = input.text ?? undefined;
    const text = written === undefined ? undefined : await this.redacted(meeting, written);
    if (text === undefined && speakerId === undefined) {
      throw new ProblemError(
        'validation-failed',
        'Say what is to be corrected: text or speakerId.',
      );
    }
    return this.unitOfWork.run(async ({ manager, emit }) => {
      const speaker =
        speakerId === undefined ? null : await this.speaker(manager, meetingId, speakerId);
      const revised = await reviseSegment(manager, { meetingId, id }, (segment) => ({
        ...(text === undefined ? {} : spelled(segment, text.trim())),
        ...(speaker ? { speaker } : {}),
      }));
      if (!revised)
        throw new ProblemError('segment-not-found', 'This meeting has no such segment.');
      emit(makeEvent('transcript.final', { segment: revised }, { meetingId, workspaceId }));
      return revised;
    });
  }

  /** As what is heard. */
  private async redacted(meeting: MeetingEntity, text: string): Promise<string> {
    const channel = redactionOf(meeting);
    const people = channel.redactNames ? await this.speakers.names(meeting.meetingId) : [];
    const { what } = new ChannelRedaction(channel, people);
    return what ? redactText(text, what) : text;
  }

  private async speaker(manager: EntityManager, meetingId: string, id: string): Promise<Speaker> {
    const speaker = await this.speakers.current(manager, meetingId, id);
    if (speaker) return toSpeaker(speaker);
    throw new ProblemError('speaker-not-found', 'Nobody in this meeting has this id.');
  }
}

function spelled({ startMs, endMs, words }: SegmentEntity, text: string): Correction {
  const speech = [words.at(0)?.startMs ?? startMs, words.at(-1)?.endMs ?? endMs] as const;
  return { text, words: estimatedWords(text, ...speech), engine: BY_HAND };
}
