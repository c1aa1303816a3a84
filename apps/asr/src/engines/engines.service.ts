import { Inject, Injectable } from '@nestjs/common';
import { SpeechEngine, VoiceDetectorFactory } from '@parley/ai';
import { DecodeQueue } from '../decoding/decode-queue';
import { ClaimsService } from '../sessions/claims.service';
import { LeasesRepository } from '../sessions/leases.repository';
import { ListeningService } from '../sessions/listening.service';
import type { EngineList } from './engine.views';

@Injectable()
export class EnginesService {
  constructor(
    @Inject(SpeechEngine) private readonly speech: SpeechEngine,
    @Inject(VoiceDetectorFactory) private readonly detectors: VoiceDetectorFactory,
    @Inject(DecodeQueue) private readonly queue: DecodeQueue,
    @Inject(ListeningService) private readonly listening: ListeningService,
    @Inject(ClaimsService) private readonly claims: ClaimsService,
    @Inject(LeasesRepository) private readonly leases: LeasesRepository,
  ) {}

  async list(): Promise<EngineList> {
    const { name, languages } = this.speech;
    const { realTimeFactor } = this.queue;
    return {
      items: [
        { kind: 'speech', name, languages, realTimeFactor },
        { kind: 'voice activity', name: this.detectors.name },
      ],
      meetings: this.listening.meetings,
      listening: { ...(await this.claims.together()), waiting: await this.leases.waiting() },
    };
  }
}
