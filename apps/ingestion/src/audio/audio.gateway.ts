import {
  Inject,
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
  type OnModuleInit,
} from '@nestjs/common';
import { AudioLog, Broadcast } from '@parley/bus';
import { SETTINGS } from '@parley/config';
import { makeEvent, newId, ProblemError } from '@parley/contracts';
import { UnitOfWork } from '@parley/database';
import { SocketRouter } from '@parley/service';
import type { WebSocket } from 'ws';
import { CoverageRepository } from '../coverage/coverage.repository';
import type { IngestionSettings } from '../ingestion.settings';
import type { MeetingEntity } from '../meetings/meeting.entity';
import { MEETING_ENDING, MeetingsService } from '../meetings/meetings.service';
import { AudioIntake } from './audio-intake';
import type { StartMessage } from './audio-message';
import { AudioSession } from './audio-session';
import { ChannelsRepository } from './channels.repository';

/** A frame of ten seconds at the most. */
const LARGEST_FRAME_BYTES = 320_000;
const PROGRESS_EVERY_MS = 2_000;

/** `WS /v1/meetings/{id}/audio`: the only way audio comes in live. */
@Injectable()
export class AudioGateway
  implements OnModuleInit, OnApplicationBootstrap, BeforeApplicationShutdown
{
  private readonly logger = new Logger(AudioGateway.name);
  private readonly sessions = new Map<string, Set<AudioSession>>();
  private stopListening: () => Promise<void> = () => Promise.resolve();

  constructor(
    @Inject(SETTINGS) private readonly settings: IngestionSettings,
    @Inject(SocketRouter) private readonly router: SocketRouter,
    @Inject(MeetingsService) private readonly meetings: MeetingsService,
    @Inject(ChannelsRepository) private readonly channels: ChannelsRepository,
    @Inject(CoverageRepository) private readonly coverage: CoverageRepository,
    @Inject(UnitOfWork) private readonly work: UnitOfWork,
    @Inject(AudioLog) private readonly log: AudioLog,
    @Inject(Broadcast) private readonly broadcast: Broadcast,
  ) {}

  onModuleInit(): void {
    this.router.route({
      path: /^\/v1\/meetings\/(?<id>[^/]+)\/audio$/,
      maxMessageBytes: LARGEST_FRAME_BYTES,
      accept: async ({ id = '' }) => {
        await this.requireLive(id);
      },
      connected: (socket, { id = '' }) => {
        this.connected(socket, id);
      },
    });
  }

  async onApplicationBootstrap(): Promise<void> {
    this.stopListening = await this.broadcast.subscribe(MEETING_ENDING, (message) => {
      const { meetingId } = message as { meetingId: string };
      this.endMeeting(meetingId).catch((error: unknown) => {
        this.logger.error({ err: error, meetingId }, 'a meeting could not be ended cleanly');
      });
    });
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.stopListening();
  }

  private connected(socket: WebSocket, meetingId: string): void {
    const sender = newId();
    let progress: NodeJS.Timeout | undefined;
    let channel = 'main';
    const session = new AudioSession(socket, {
      begin: async (start, self) => {
        channel = start.channel ?? 'main';
        const intake = await this.begin(meetingId, sender, start, self);
        progress = setInterval(() => {
          this.report(meetingId, channel, sender, intake, self);
        }, PROGRESS_EVERY_MS);
        return intake;
      },
      finish: async (intake, ended) => {
        clearInterval(progress);
        this.sessions.get(meetingId)?.delete(session);
        if (this.sessions.get(meetingId)?.size === 0) this.sessions.delete(meetingId);
        await this.finish(meetingId, channel, sender, intake, ended);
      },
    });
  }

  private async begin(
    meetingId: string,
    sender: string,
    start: StartMessage,
    session: AudioSession,
  ): Promise<AudioIntake> {
    const meeting = await this.requireLive(meetingId);
    const channel = start.channel ?? 'main';
    await this.open(meeting, channel);
    if (!(await this.channels.claim(meetingId, channel, sender))) {
      throw new ProblemError('channel-busy', `Somebody else is sending on channel ${channel}.`);
    }
    const known = await this.channels.find(meetingId, channel);
    if (known?.ended) {
      await this.channels.release(meetingId, channel, sender, { ...known, ended: true });
      throw new ProblemError('conflict', `Channel ${channel} was stopped; open another one.`);
    }
    const receivedMs = known?.receivedMs ?? 0;
    const open = this.sessions.get(meetingId) ?? new Set();
    this.sessions.set(meetingId, open.add(session));
    return new AudioIntake(this.log, {
      meetingId,
      channel,
      receivedMs,
      resumeFromMs: start.resumeFrom ?? receivedMs,
      backlogMs: this.settings.AUDIO_BACKLOG_SECONDS * 1_000,
      durable: (offsetMs) => {
        session.acknowledge(offsetMs);
      },
      failed: (error) => {
        this.logger.error({ err: error, meetingId }, 'audio could not be stored');
        session.fail(
          new ProblemError('unavailable', 'The audio could not be stored; resume later.'),
        );
      },
    });
  }

  private async open(meeting: MeetingEntity, channel: string): Promise<void> {
    await this.work.run(async ({ manager, emit }) => {
      if (!(await this.channels.open(manager, meeting.id, channel))) return;
      const owner = meeting.participants.find((person) => person.channel === channel);
      emit(
        makeEvent(
          'audio.session.opened',
          {
            channel,
            speaker: owner ? { id: owner.id, name: owner.name, participantId: owner.id } : null,
            language: meeting.language,
            startedAt: meeting.startedAt.toISOString(),
          },
          { meetingId: meeting.id, workspaceId: meeting.workspaceId },
        ),
      );
    });
  }

  private report(
    meetingId: string,
    channel: string,
    sender: string,
    intake: AudioIntake,
    session: AudioSession,
  ): void {
    const store = async (): Promise<void> => {
      await this.coverage.add(meetingId, channel, shedSpans(intake));
      if (!(await this.channels.progress(meetingId, channel, sender, intake.offsetMs))) {
        throw new ProblemError(
          'channel-busy',
          'The channel has been taken over by another sender.',
        );
      }
    };
    store().catch((error: unknown) => {
      session.fail(error);
    });
  }

  private async finish(
    meetingId: string,
    channel: string,
    sender: string,
    intake: AudioIntake,
    ended: boolean,
  ): Promise<void> {
    const endMs = intake.offsetMs;
    await this.coverage.add(meetingId, channel, shedSpans(intake));
    await this.channels.release(meetingId, channel, sender, { receivedMs: endMs, ended });
    if (ended) await this.log.append(meetingId, { kind: 'end', channel, endMs });
  }

  /** Finishes the senders that this replica holds, then the channels that nobody holds. */
  private async endMeeting(meetingId: string): Promise<void> {
    const open = [...(this.sessions.get(meetingId) ?? [])];
    await Promise.all(open.map((session) => session.end()));
    for (const { channel, receivedMs } of await this.channels.endAbandoned(meetingId)) {
      await this.log.append(meetingId, { kind: 'end', channel, endMs: receivedMs });
    }
  }

  private async requireLive(id: string): Promise<MeetingEntity> {
    const meeting = await this.meetings.require(id);
    if (meeting.status !== 'live') {
      throw new ProblemError('meeting-ended', 'This meeting has ended and takes no more audio.');
    }
    return meeting;
  }
}

function shedSpans(intake: AudioIntake) {
  return intake.takeShed().map((span) => ({ ...span, state: 'shed' as const }));
}
