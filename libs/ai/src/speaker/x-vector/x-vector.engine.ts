import { builtFile } from '@parley/config';
import { LivingWorker } from '../../embedding/living-worker';
import { SpeakerEngine, type Stretch } from '../speaker-engine';
import type { Voice, VoiceRequest } from './x-vector.protocol';

/** Kaldi's x-vector in a worker thread of its own. */
export class XVectorEngine extends SpeakerEngine {
  readonly name = 'kaldi-x-vector';
  readonly dimensions = 128;
  private readonly worker: LivingWorker<Omit<VoiceRequest, 'id'>, Voice>;

  /** @param directory where the weights are, intact: see `verifyModelFiles` */
  constructor(directory: string) {
    super();
    this.worker = new LivingWorker(this.name, {
      file: builtFile(__dirname, 'x-vector.worker'),
      workerData: { directory },
    });
  }

  embed(
    samples: Float32Array,
    stretches: readonly Stretch[],
    signal?: AbortSignal,
  ): Promise<Voice[]> {
    return this.worker.ask({ samples, stretches }, signal);
  }

  close(): Promise<void> {
    return this.worker.close();
  }
}
