import { Inject, Injectable } from '@nestjs/common';
import { SETTINGS } from '@parley/config';
import { makeEvent, newId, type Listening } from '@parley/contracts';
import { UnitOfWork } from '@parley/database';
import { logEvent } from '@parley/observability';
import type { AsrSettings } from '../asr.settings';
import { CapacityService } from '../capacity/capacity.service';
import { ReplicasRepository, type Together } from '../capacity/replicas.repository';
import { SpeechDecoder } from '../decoding/speech-decoder';
import { LeasesRepository, type Taken, type Wanted } from './leases.repository';

/** Whose replica died is taken in before anybody new, whether or not there is room; so many at a time. */
const BEGUN_AT_A_TIME = 16;
/** Captions cost next to nothing: whose meeting has no other channel need not wait for room, nor after a restart. */
const CAPTIONS_AT_A_TIME = 64;

/** Which meetings this replica takes, as many as there is room for; and who is told that there is none. */
@Injectable()
export class ClaimsService {
  readonly replica = newId();

  constructor(
    @Inject(SETTINGS) private readonly settings: AsrSettings,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(LeasesRepository) private readonly leases: LeasesRepository,
    @Inject(ReplicasRepository) private readonly replicas: ReplicasRepository,
    @Inject(CapacityService) private readonly capacity: CapacityService,
    @Inject(SpeechDecoder) private readonly speech: SpeechDecoder,
  ) {}

  /** What this replica says that it can carry when it listens to `meetings`. */
  capacityWith(meetings: number): number {
    if (this.settings.ASR_MAX_MEETINGS !== undefined) return this.settings.ASR_MAX_MEETINGS;
    return this.speech.keepsUp ? Math.max(this.capacity.meetings, meetings) : meetings;
  }

  /** Takes the meeting if it is free and there is room for it. */
  async take(meetingId: string, meetings: number): Promise<Taken[]> {
    for (const kind of ['begun', 'captions'] as const) {
      const taken = await this.claim({ kind, limit: 1, meetingId });
      if (taken.length > 0) return taken;
    }
    if (this.capacityWith(meetings) <= meetings) return [];
    return this.claim({ kind: 'new', limit: 1, meetingId });
  }

  /** Takes what is free, and tells the meetings that have to wait. */
  async sweep(meetings: number): Promise<Taken[]> {
    const begun = await this.claim({ kind: 'begun', limit: this.roomForBegun(meetings) });
    const captions = await this.claim({ kind: 'captions', limit: CAPTIONS_AT_A_TIME });
    const held = meetings + begun.length;
    const room = this.capacityWith(held) - held;
    const fresh = await this.claim({ kind: 'new', limit: room });
    const now = held + fresh.length;
    const capacity = this.capacityWith(now);
    await this.replicas.report({ id: this.replica, meetings: now, capacity });
    if (now >= capacity) await this.tellWaiting();
    return [...begun, ...captions, ...fresh];
  }

  /** The other replicas need not wait to know that this one is gone. */
  leave(): Promise<void> {
    return this.replicas.leave(this.replica);
  }

  together(): Promise<Together> {
    return this.replicas.together(this.settings.ASR_LEASE_SECONDS);
  }

  private roomForBegun(meetings: number): number {
    const most = this.settings.ASR_MAX_MEETINGS ?? Infinity;
    return Math.max(0, Math.min(BEGUN_AT_A_TIME, most - meetings));
  }

  private async claim(wanted: Wanted): Promise<Taken[]> {
    if (wanted.limit <= 0) return [];
    const { replica } = this;
    return this.unitOfWork.run(async ({ manager, emit }) => {
      const { ASR_LEASE_SECONDS: seconds } = this.settings;
      const taken = await this.leases.claim(manager, replica, seconds, wanted);
      for (const { hasWaited, meetingId, workspaceId } of taken) {
        if (!hasWaited) continue;
        const about = { meetingId, workspaceId };
        emit(makeEvent('audio.session.listening', { state: 'listening' }, about));
      }
      return taken;
    });
  }

  private async tellWaiting(): Promise<void> {
    const { meetings, capacity } = await this.together();
    if (meetings < capacity) return;
    const data: Listening = { state: 'waiting', meetings, capacity };
    await this.unitOfWork.run(async ({ manager, emit }) => {
      for (const about of await this.leases.noteWaiting(manager)) {
        logEvent('listening.waiting', { meetingId: about.meetingId });
        emit(makeEvent('audio.session.listening', data, about));
      }
    });
  }
}
