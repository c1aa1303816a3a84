import {
  Inject,
  Injectable,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import { AudioLog } from '@parley/bus';
import { SETTINGS } from '@parley/config';
import { systemClock } from '@parley/contracts';
import { logEvent, makeContext, runInContext } from '@parley/observability';
import type { AsrSettings } from '../asr.settings';
import { LiveStreams } from '../capacity/live-streams';
import { Workload } from '../capacity/workload';
import { ChannelListener } from '../listening/channel-listener';
import { ClaimsService } from './claims.service';
import { LeaseLostError } from './lease-lost.error';
import { LeasesRepository, type Lease, type Taken } from './leases.repository';
import { ListenerFactory } from './listener.factory';
import { MeetingReader } from './meeting-reader';
import { SessionsRepository } from './sessions.repository';

interface Listening {
  lease: Lease;
  /** It has audio to hear, and not captions alone. */
  hears: boolean;
  stop: AbortController;
  done: Promise<void>;
}

const SWEEPS_PER_LEASE = 3;

/** Which meetings this replica listens to: takes them, keeps their leases, and hands them back. */
@Injectable()
export class ListeningService implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly listening = new Map<string, Listening>();
  private timer: NodeJS.Timeout | undefined;
  private sweeping: Promise<void> | null = null;
  /** Meetings are taken by one at a time, who knows how many there are. */
  private turn: Promise<unknown> = Promise.resolve();
  private stopped = false;

  constructor(
    @Inject(SETTINGS) private readonly settings: AsrSettings,
    @Inject(ClaimsService) private readonly claims: ClaimsService,
    @Inject(Workload) private readonly workload: Workload,
    @Inject(LiveStreams) private readonly streams: LiveStreams,
    @Inject(LeasesRepository) private readonly leases: LeasesRepository,
    @Inject(SessionsRepository) private readonly sessions: SessionsRepository,
    @Inject(AudioLog) private readonly log: AudioLog,
    @Inject(ListenerFactory) private readonly listeners: ListenerFactory,
  ) {}

  /** Those that it hears; captions alone take no place. */
  get meetings(): number {
    return [...this.listening.values()].filter(({ hears }) => hears).length;
  }

  /** What takes a place here: meetings, and other streams. */
  get load(): number {
    return this.meetings + this.streams.count;
  }

  get meetingIds(): string[] {
    return [...this.listening.keys()];
  }

  onApplicationBootstrap(): void {
    const everyMs = (this.settings.ASR_LEASE_SECONDS * 1_000) / SWEEPS_PER_LEASE;
    this.timer = setInterval(() => {
      this.sweepSoon();
    }, everyMs);
    // What an earlier process left open.
    this.sweepSoon();
  }

  /** Stops reading; what is being decoded is written, then the meetings are free for others. */
  async onModuleDestroy(): Promise<void> {
    this.stopped = true;
    clearInterval(this.timer);
    await this.sweeping;
    await this.turn;
    const all = [...this.listening.values()];
    for (const { stop } of all) stop.abort();
    await Promise.all(all.map(({ done }) => done));
    // Should that fail: it is not counted any more once it has been silent for a lease's time.
    await this.claims.leave().catch(() => undefined);
  }

  /** Listens to the meeting, unless somebody does already. */
  async take(meetingId: string): Promise<void> {
    await this.inTurn(async () => {
      if (this.stopped || this.listening.has(meetingId)) return;
      await this.startAll(await this.claims.take(meetingId, this.load));
    });
  }

  /** Lets go of a meeting that was erased: what is in hand can no longer be written. */
  drop(meetingId: string): void {
    this.listening.get(meetingId)?.stop.abort();
  }

  private sweepSoon(): void {
    this.sweeping ??= this.sweep()
      .catch((error: unknown) => {
        logEvent('lease.sweep-failed', { err: error });
      })
      .finally(() => {
        this.sweeping = null;
      });
  }

  private async sweep(): Promise<void> {
    const held = [...this.listening.values()];
    this.workload.passed(this.load);
    if (held.length > 0) {
      const leases = held.map(({ lease }) => lease);
      const { replica } = this.claims;
      const kept = await this.leases.renew(replica, this.settings.ASR_LEASE_SECONDS, leases);
      for (const { lease, stop } of held) if (!kept.has(lease.meetingId)) stop.abort();
    }
    await this.inTurn(async () => {
      if (!this.stopped) await this.startAll(await this.claims.sweep(this.load));
    });
  }

  private inTurn(work: () => Promise<void>): Promise<void> {
    const done = this.turn.then(work);
    this.turn = done.catch(() => undefined);
    return done;
  }

  private async startAll(leases: Taken[]): Promise<void> {
    for (const lease of leases) {
      if (this.stopped) await this.leases.release(lease);
      else this.start(lease);
    }
  }

  private start(lease: Taken): void {
    const { meetingId } = lease;
    const stop = new AbortController();
    // A lease that ran out under a busy process may be claimed by itself: the old reader is fenced off.
    this.listening.get(meetingId)?.stop.abort();
    // The event that told of the meeting is handled long before the listening ends.
    const context = makeContext('asr', { workspaceId: lease.workspaceId });
    const listening: Listening = { lease, hears: lease.hasAudio, stop, done: Promise.resolve() };
    this.listening.set(meetingId, listening);
    const reading = runInContext(context, () => this.read(listening));
    listening.done = reading.finally(() => {
      if (this.listening.get(meetingId) === listening) this.listening.delete(meetingId);
    });
  }

  private async read(listening: Listening): Promise<void> {
    const { lease, stop } = listening;
    const { meetingId, epoch } = lease;
    logEvent('listening.started', { meetingId, epoch });
    try {
      await this.reader(listening).run(stop.signal);
      logEvent('listening.stopped', { meetingId, epoch });
    } catch (error) {
      if (error instanceof LeaseLostError) logEvent('lease.lost', { meetingId, epoch });
      else logEvent('listening.failed', { meetingId, err: error });
    }
    // After a failure too: the next sweep takes it up from its checkpoints.
    await this.handBack(lease).catch((error: unknown) => {
      logEvent('lease.not-returned', { meetingId, err: error });
    });
  }

  private async handBack(lease: Lease): Promise<void> {
    await this.leases.release(lease);
    await this.forgetAudio(lease.meetingId);
  }

  /**
   * Nothing is kept of a meeting that has ended and is transcribed.
   * @param channels those that carried audio: one of them may still have to be announced
   */
  async forgetAudio(meetingId: string, channels: readonly string[] = []): Promise<void> {
    const meeting = await this.leases.find(meetingId);
    if (meeting?.ended !== true) return;
    const sessions = await this.sessions.of(meetingId);
    if (sessions.some(({ status }) => status === 'open')) return;
    const announced = new Set(sessions.map(({ channel }) => channel));
    if (!channels.every((channel) => announced.has(channel))) return;
    await this.log.delete(meetingId);
  }

  private reader(listening: Listening): MeetingReader {
    const { lease, stop } = listening;
    const { meetingId } = lease;
    return new MeetingReader({
      meetingId,
      log: this.log,
      clock: systemClock,
      starvedMs: this.settings.ASR_STARVED_SECONDS * 1_000,
      listen: async (channel, source, settled) => {
        const announced = { channel, source };
        const listener = await this.listeners.make(lease, announced, settled, stop.signal);
        if (listener instanceof ChannelListener) listening.hears = true;
        return listener;
      },
      openChannels: async () => {
        const sessions = await this.sessions.of(meetingId);
        return sessions.filter(({ status }) => status === 'open').map(({ channel }) => channel);
      },
      hasEnded: async () => (await this.leases.find(meetingId))?.ended ?? false,
    });
  }
}
