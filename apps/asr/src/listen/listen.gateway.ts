import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { SpeakerEngine, VoiceDetectorFactory } from '@parley/ai';
import { SETTINGS } from '@parley/config';
import { ProblemError } from '@parley/contracts';
import { requestContext, SocketRouter } from '@parley/service';
import type { AsrSettings } from '../asr.settings';
import { LiveStreams } from '../capacity/live-streams';
import { Workload } from '../capacity/workload';
import { SpeechDecoder } from '../decoding/speech-decoder';
import { ClaimsService } from '../sessions/claims.service';
import { ListeningService } from '../sessions/listening.service';
import { listenOptions } from './listen-options';
import { ListenSession } from './listen-session';

const LARGEST_MESSAGE_BYTES = 1_000_000;

/** `WS /v1/listen`: live transcription in Deepgram's form, of audio that belongs to no meeting and is not stored. */
@Injectable()
export class ListenGateway implements OnModuleInit {
  constructor(
    @Inject(SETTINGS) private readonly settings: AsrSettings,
    @Inject(SocketRouter) private readonly router: SocketRouter,
    @Inject(VoiceDetectorFactory) private readonly detectors: VoiceDetectorFactory,
    @Inject(SpeechDecoder) private readonly speech: SpeechDecoder,
    @Inject(SpeakerEngine) private readonly speakers: SpeakerEngine,
    @Inject(Workload) private readonly workload: Workload,
    @Inject(LiveStreams) private readonly streams: LiveStreams,
    @Inject(ListeningService) private readonly listening: ListeningService,
    @Inject(ClaimsService) private readonly claims: ClaimsService,
  ) {}

  onModuleInit(): void {
    this.router.route({
      path: /^\/v1\/listen$/,
      needs: 'capture',
      maxMessageBytes: LARGEST_MESSAGE_BYTES,
      accept: async (_params, { url = '' }) => {
        this.speech.assertSpoken(listenOptions(url).language);
        this.assertRoom();
      },
      connected: (socket, _params, { url = '' }) => {
        const end = this.streams.begin();
        socket.once('close', end);
        new ListenSession(socket, listenOptions(url), {
          speech: this.speech,
          detectors: this.detectors,
          speakers: this.speakers,
          took: (seconds) => {
            this.workload.decoded(seconds);
          },
          requestId: requestContext().requestId,
          starvedMs: this.settings.ASR_STARVED_SECONDS * 1_000,
        });
      },
    });
  }

  private assertRoom(): void {
    const listening = this.listening.load;
    const capacity = this.claims.capacityWith(listening);
    if (listening < capacity) return;
    throw new ProblemError(
      'at-capacity',
      `This replica listens to ${listening} of ${capacity} that it can carry; try again later.`,
    );
  }
}
