import { Inject, Injectable } from '@nestjs/common';
import { Broadcast } from '@parley/bus';
import { makeEvent, newId, ProblemError, type Meeting, type Participant } from '@parley/contracts';
import { UnitOfWork, type Unit } from '@parley/database';
import { audited, requestContext, type Page } from '@parley/service';
import { sessionOpened } from '../audio/session-opened';
import { ChannelsRepository } from '../audio/channels.repository';
import type { MeetingEntity } from '../meetings/meeting.entity';
import { MeetingsService } from '../meetings/meetings.service';
import { startedEvent } from '../meetings/started-event';
import { wordsOf } from '../meetings/words-of';
import { ConsentEntity } from './consent.entity';
import type { ChangeMeeting, ConsentRecord, GiveConsent } from './privacy.dto';
import { afterSwitch } from './off-the-record';
import { PrivacyRepository } from './privacy.repository';
import type { PrivacyState } from './withheld';

/** Broadcast with the new {@link PrivacyState}, so that whoever holds its senders acts on it at once. */
const PRIVACY_CHANGED = 'privacy.changed';
export type PrivacyChange = PrivacyState & { meetingId: string };

const CLOCK_SKEW_MS = 60_000;

/** Changes what may be kept of a meeting, while it runs. */
@Injectable()
export class PrivacyService {
  private readonly followers = new Set<(change: PrivacyChange) => void>();

  constructor(
    @Inject(MeetingsService) private readonly meetings: MeetingsService,
    @Inject(PrivacyRepository) private readonly privacy: PrivacyRepository,
    @Inject(ChannelsRepository) private readonly channels: ChannelsRepository,
    @Inject(UnitOfWork) private readonly work: UnitOfWork,
    @Inject(Broadcast) private readonly broadcast: Broadcast,
  ) {}

  /**
   * Calls `act` with each change: of this replica's before it is answered, of others as soon as it is heard of; of
   * some twice. @returns the call that stops it.
   */
  async follow(act: (change: PrivacyChange) => void): Promise<() => Promise<void>> {
    this.followers.add(act);
    const stop = await this.broadcast.subscribe(PRIVACY_CHANGED, (message) => {
      act(message as PrivacyChange);
    });
    return async () => {
      this.followers.delete(act);
      await stop();
    };
  }

  /** @throws ProblemError `meeting-not-found`; `meeting-ended` for another mode once it is over; `conflict` when its words may not be kept. */
  async change(id: string, { title, privacyMode, vocabulary }: ChangeMeeting): Promise<Meeting> {
    await this.meetings.require(id);
    const now = new Date();
    const switched = await this.work.run(async (unit) => {
      const row = await this.held(unit, id);
      const switches = privacyMode !== undefined && privacyMode !== row.privacyMode;
      if (switches && row.status === 'ended') {
        throw new ProblemError(
          'meeting-ended',
          'What was said cannot be said in private any more.',
        );
      }
      if (switches && privacyMode === 'transcript' && row.notesOnly) {
        throw new ProblemError(
          'conflict',
          'It was said that only notes are kept of this meeting: its words cannot be kept any more.',
        );
      }
      const hadTold = row.recorded;
      if (title !== undefined) row.title = title;
      if (vocabulary) row.vocabulary = wordsOf(vocabulary);
      if (switches) {
        const change = { from: row.privacyMode, to: privacyMode, atMs: sinceStart(row, now) };
        row.offTheRecord = afterSwitch(row.offTheRecord, change);
        row.privacyMode = privacyMode;
        row.privacyEpoch += 1;
        row.recorded ||= privacyMode !== 'off-the-record';
        row.notesOnly ||= privacyMode === 'notes-only';
      }
      await this.privacy.change(unit.manager, id, {
        title: row.title,
        vocabulary: row.vocabulary,
        privacyMode: row.privacyMode,
        privacyEpoch: row.privacyEpoch,
        offTheRecord: row.offTheRecord,
        recorded: row.recorded,
        notesOnly: row.notesOnly,
      });
      // Who has title and words, has them from there; nobody has heard yet of a meeting that was off the record all the
      // time.
      const told = title !== undefined || vocabulary !== undefined || !hadTold;
      if (row.recorded && told) unit.emit(startedEvent(row));
      if (row.recorded && !hadTold) await this.announceChannels(unit, row);
      if (switches && hadTold) this.emitSwitch(unit, row, now);
      return switches ? row : null;
    });
    if (switched) await this.tellSenders(switched);
    return this.meetings.get(id);
  }

  /** @throws ProblemError `meeting-not-found`, `participant-not-found` */
  async consent(id: string, participantId: string, given: GiveConsent): Promise<Participant> {
    await this.meetings.require(id);
    const recordedAt = new Date();
    const givenAt = given.at === undefined ? recordedAt : new Date(given.at);
    if (givenAt.getTime() > recordedAt.getTime() + CLOCK_SKEW_MS) {
      throw new ProblemError('validation-failed', 'Nobody can have said it in the future.');
    }
    const { row, participant } = await this.work.run(async (unit) => {
      const row = await this.held(unit, id);
      const participant = row.participants.find((person) => person.id === participantId);
      if (!participant) {
        throw new ProblemError('participant-not-found', 'Nobody of this meeting has this id.');
      }
      participant.consent = given.consent;
      row.privacyEpoch += 1;
      const { participants, privacyEpoch } = row;
      await this.privacy.change(unit.manager, id, { participants, privacyEpoch });
      const { caller, workspaceId } = requestContext();
      await this.privacy.note(unit.manager, {
        id: newId(),
        meetingId: id,
        workspaceId,
        participantId,
        consent: given.consent,
        method: given.method,
        givenAt,
        recordedAt,
        recordedBy: caller.id,
      });
      return { row, participant };
    });
    await this.tellSenders(row);
    return participant;
  }

  async consents(id: string): Promise<Page<ConsentRecord>> {
    await this.meetings.require(id);
    const rows = await this.privacy.consentsOf(id);
    return { items: rows.map(toRecord), nextCursor: null };
  }

  private async held({ manager }: Unit, id: string): Promise<MeetingEntity> {
    const row = await this.privacy.hold(manager, id);
    if (!row) throw new ProblemError('meeting-not-found', 'There is no meeting with this id.');
    return row;
  }

  private async announceChannels({ manager, emit }: Unit, row: MeetingEntity): Promise<void> {
    for (const channel of await this.channels.within(manager, row.id)) {
      emit(sessionOpened(row, channel));
    }
  }

  private emitSwitch({ emit }: Unit, row: MeetingEntity, at: Date): void {
    const { id: meetingId, workspaceId, privacyMode } = row;
    const change = { privacyMode, atMs: sinceStart(row, at) };
    emit(makeEvent('meeting.privacy-changed', change, { meetingId, workspaceId }));
    emit(audited('meeting.privacy-changed', meetingId, change, { meetingId, workspaceId }));
  }

  /** Before the answer: who reads it may rely on it. */
  private async tellSenders(row: MeetingEntity): Promise<void> {
    const change: PrivacyChange = {
      meetingId: row.id,
      epoch: row.privacyEpoch,
      privacyMode: row.privacyMode,
      participants: row.participants.map(({ channel, consent }) => ({
        ...(channel === undefined ? {} : { channel }),
        ...(consent === undefined ? {} : { consent }),
      })),
    };
    for (const act of this.followers) act(change);
    await this.broadcast.publish(PRIVACY_CHANGED, change);
  }
}

function toRecord(row: ConsentEntity): ConsentRecord {
  const { id, participantId, consent, method, recordedBy } = row;
  return {
    id,
    participantId,
    consent,
    method,
    givenAt: row.givenAt.toISOString(),
    recordedAt: row.recordedAt.toISOString(),
    recordedBy,
  };
}

function sinceStart({ startedAt }: MeetingEntity, at: Date): number {
  return Math.max(0, at.getTime() - startedAt.getTime());
}
