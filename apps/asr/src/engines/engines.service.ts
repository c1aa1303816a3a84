import { Inject, Injectable } from '@nestjs/common';
import { SpeakerEngine, VoiceDetectorFactory } from '@parley/ai';
import { SpeechDecoder } from '../decoding/speech-decoder';
import { ClaimsService } from '../sessions/claims.service';
import { LeasesRepository } from '../sessions/leases.repository';
import { ListeningService } from '../sessions/listening.service';
import type { EngineList } from './engine.views';

@Injectable()
export class EnginesService {
  constructor(
    @Inject(VoiceDetectorFactory) private readonly detectors: VoiceDetectorFactory,
    @Inject(SpeakerEngine) private readonly speakers: SpeakerEngine,
    @Inject(SpeechDecoder) private readonly speech: SpeechDecoder,
    @Inject(ListeningService) private readonly listening: ListeningService,
    @Inject(ClaimsService) private readonly claims: ClaimsService,
    @Inject(LeasesRepository) private readonly leases: LeasesRepository,
  ) {}

  async list(): Promise<EngineList> {
    return {
      items: [
        ...this.speech.queues.map(({ engineName: name, languages, realTimeFactor }) => {
          return { kind: 'speech' as const, name, languages, realTimeFactor };
        }),
        { kind: 'speakers', name: this.speakers.name },
        { kind: 'voice activity', name: this.detectors.name },
      ],
      meetings: this.listening.meetings,
      listening: { ...(await this.claims.together()), waiting: await this.leases.waiting() },
    };
  }
}
