import {
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import { AudioLog } from '@parley/bus';
import { SETTINGS } from '@parley/config';
import { newId, systemClock } from '@parley/contracts';
import type { AsrSettings } from '../asr.settings';
import { LeaseLostError } from './lease-lost.error';
import { LeasesRepository, type Lease } from './leases.repository';
import { ListenerFactory } from './listener.factory';
import { MeetingReader } from './meeting-reader';
import { SessionsRepository } from './sessions.repository';

interface Listening {
  lease: Lease;
  stop: AbortController;
  done: Promise<void>;
}

const SWEEPS_PER_LEASE = 3;

/** Which meetings this replica listens to: takes them, keeps their leases, and hands them back. */
@Injectable()
export class ListeningService implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(ListeningService.name);
  private readonly replica = newId();
  private readonly listening = new Map<string, Listening>();
  private timer: NodeJS.Timeout | undefined;
  private sweeping: Promise<void> | null = null;
  private stopped = false;

  constructor(
    @Inject(SETTINGS) private readonly settings: AsrSettings,
    @Inject(LeasesRepository) private readonly leases: LeasesRepository,
    @Inject(SessionsRepository) private readonly sessions: SessionsRepository,
    @Inject(AudioLog) private readonly log: AudioLog,
    @Inject(ListenerFactory) private readonly listeners: ListenerFactory,
  ) {}

  get meetings(): number {
    return this.listening.size;
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
    const all = [...this.listening.values()];
    for (const { stop } of all) stop.abort();
    await Promise.all(all.map(({ done }) => done));
  }

  /** Listens to the meeting, unless somebody does already. */
  async take(meetingId: string): Promise<void> {
    if (this.stopped || this.listening.has(meetingId) || this.room <= 0) return;
    await this.claim({ limit: 1, meetingId });
  }

  private get room(): number {
    return this.settings.ASR_MAX_MEETINGS - this.listening.size;
  }

  private sweepSoon(): void {
    this.sweeping ??= this.sweep()
      .catch((error: unknown) => {
        this.logger.warn({ err: error }, 'leases could not be renewed or claimed');
      })
      .finally(() => {
        this.sweeping = null;
      });
  }

  private async sweep(): Promise<void> {
    const held = [...this.listening.values()];
    if (held.length > 0) {
      const leases = held.map(({ lease }) => lease);
      const kept = await this.leases.renew(this.replica, this.settings.ASR_LEASE_SECONDS, leases);
      for (const { lease, stop } of held) if (!kept.has(lease.meetingId)) stop.abort();
    }
    if (!this.stopped && this.room > 0) await this.claim({ limit: this.room });
  }

  private async claim(what: { limit: number; meetingId?: string }): Promise<void> {
    const leases = await this.leases.claim(this.replica, this.settings.ASR_LEASE_SECONDS, what);
    for (const lease of leases) {
      if (this.stopped) await this.leases.release(lease);
      else this.start(lease);
    }
  }

  private start(lease: Lease): void {
    const { meetingId } = lease;
    const stop = new AbortController();
    // A lease that ran out under a busy process may be claimed by itself: the old reader is fenced off.
    this.listening.get(meetingId)?.stop.abort();
    const done = this.read(lease, stop.signal).finally(() => {
      if (this.listening.get(meetingId)?.lease === lease) this.listening.delete(meetingId);
    });
    this.listening.set(meetingId, { lease, stop, done });
  }

  private async read(lease: Lease, signal: AbortSignal): Promise<void> {
    const { meetingId, epoch } = lease;
    this.logger.log({ meetingId, epoch }, 'listening');
    try {
      await this.reader(lease, signal).run(signal);
      this.logger.log({ meetingId, epoch }, 'stopped listening');
    } catch (error) {
      if (error instanceof LeaseLostError) this.logger.warn({ meetingId, epoch }, error.message);
      else this.logger.error({ err: error, meetingId }, 'listening failed; it is taken up again');
    }
    // After a failure too: the next sweep takes it up from its checkpoints.
    await this.handBack(lease).catch((error: unknown) => {
      this.logger.warn({ err: error, meetingId }, 'a lease was not handed back: it will run out');
    });
  }

  private async handBack(lease: Lease): Promise<void> {
    await this.leases.release(lease);
    await this.forgetAudio(lease.meetingId);
  }

  /** Nothing is kept of a meeting that has ended and is transcribed. */
  async forgetAudio(meetingId: string): Promise<void> {
    const meeting = await this.leases.find(meetingId);
    if (meeting?.ended !== true || (await this.sessions.hasOpen(meetingId))) return;
    await this.log.delete(meetingId);
  }

  private reader(lease: Lease, signal: AbortSignal): MeetingReader {
    const { meetingId } = lease;
    return new MeetingReader({
      meetingId,
      log: this.log,
      clock: systemClock,
      starvedMs: this.settings.ASR_STARVED_SECONDS * 1_000,
      listen: (channel, settled) => this.listeners.make(lease, channel, settled, signal),
      openChannels: async () => {
        const sessions = await this.sessions.of(meetingId);
        return sessions.filter(({ status }) => status === 'open').map(({ channel }) => channel);
      },
      hasEnded: async () => (await this.leases.find(meetingId))?.ended ?? false,
    });
  }
}
