import {
  Inject,
  Injectable,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
  type OnModuleInit,
} from '@nestjs/common';
import { Broadcast } from '@parley/bus';
import { logEvent } from '@parley/observability';
import { OPENING_A_SOCKET, SocketRouter } from '@parley/service';
import { MEETING_ENDING, MEETING_ERASED, MeetingsService } from '../meetings/meetings.service';
import { PrivacyService } from '../privacy/privacy.service';
import { AudioSession } from './audio-session';
import { SendersService } from './senders.service';

/** A frame of ten seconds at the most. */
const LARGEST_FRAME_BYTES = 320_000;

/** `WS /v1/meetings/{id}/audio`: the only way audio comes in live. */
@Injectable()
export class AudioGateway
  implements OnModuleInit, OnApplicationBootstrap, BeforeApplicationShutdown
{
  private stops: (() => Promise<void>)[] = [];

  constructor(
    @Inject(SocketRouter) private readonly router: SocketRouter,
    @Inject(MeetingsService) private readonly meetings: MeetingsService,
    @Inject(SendersService) private readonly senders: SendersService,
    @Inject(PrivacyService) private readonly privacy: PrivacyService,
    @Inject(Broadcast) private readonly broadcast: Broadcast,
  ) {}

  onModuleInit(): void {
    this.router.route({
      path: /^\/v1\/meetings\/(?<id>[^/]+)\/audio$/,
      needs: 'capture',
      maxMessageBytes: LARGEST_FRAME_BYTES,
      rateLimit: OPENING_A_SOCKET,
      ticketParameter: 'id',
      accept: async ({ id = '' }) => {
        await this.meetings.requireLive(id);
      },
      connected: (socket, { id = '' }) => {
        new AudioSession(socket, (start, session) => this.senders.begin(id, start, session));
      },
    });
  }

  async onApplicationBootstrap(): Promise<void> {
    this.stops = await Promise.all([
      this.broadcast.subscribe(MEETING_ENDING, (message) => {
        const { meetingId } = message as { meetingId: string };
        this.senders.endMeeting(meetingId).catch((error: unknown) => {
          logEvent('meeting.not-ended', { meetingId, err: error });
        });
      }),
      this.privacy.follow((change) => {
        this.senders.obey(change);
      }),
      this.broadcast.subscribe(MEETING_ERASED, (message) => {
        this.senders.eraseMeeting((message as { meetingId: string }).meetingId);
      }),
    ]);
  }

  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all(this.stops.map((stop) => stop()));
  }
}
