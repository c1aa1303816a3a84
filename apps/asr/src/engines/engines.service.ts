import { Inject, Injectable } from '@nestjs/common';
import { SpeechEngine, VoiceDetectorFactory } from '@parley/ai';
import { DecodeQueue } from '../decoding/decode-queue';
import { ListeningService } from '../sessions/listening.service';

export interface EngineInfo {
  kind: 'speech' | 'voice activity';
  name: string;
  /** BCP 47, for engines that understand a language. */
  languages?: readonly string[];
  /** Processing time per time of audio, measured here so far; null before the first. */
  realTimeFactor?: number | null;
}

@Injectable()
export class EnginesService {
  constructor(
    @Inject(SpeechEngine) private readonly speech: SpeechEngine,
    @Inject(VoiceDetectorFactory) private readonly detectors: VoiceDetectorFactory,
    @Inject(DecodeQueue) private readonly queue: DecodeQueue,
    @Inject(ListeningService) private readonly listening: ListeningService,
  ) {}

  list(): { items: EngineInfo[]; meetings: number } {
    const { name, languages } = this.speech;
    const { realTimeFactor } = this.queue;
    return {
      items: [
        { kind: 'speech', name, languages, realTimeFactor },
        { kind: 'voice activity', name: this.detectors.name },
      ],
      meetings: this.listening.meetings,
    };
  }
}
