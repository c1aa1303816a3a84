import { builtFile } from '@parley/config';
import { LivingWorker } from '../../embedding/living-worker';
import type { SherpaResult } from '../sherpa';
import { assertUtterance, spokenIn, transcriptionOf } from '../sherpa-offline.engine';
import { SpeechEngine, type TranscribeOptions, type Transcription } from '../speech-engine';
import { Respelling } from '../vocabulary/respelling';
import type { UtteranceRequest } from './sherpa-streaming.protocol';
import type { SpeechModel } from './speech-model';

/** Any model that sherpa-onnx asks chunk by chunk, in a worker thread: one utterance after the other. */
export class SherpaStreamingEngine extends SpeechEngine {
  readonly name: string;
  readonly languages: readonly string[];
  private readonly respelling = new Respelling();
  private readonly worker: LivingWorker<Omit<UtteranceRequest, 'id'>, SherpaResult>;

  constructor({ name, languages, config }: SpeechModel) {
    super();
    this.name = name;
    this.languages = languages;
    this.worker = new LivingWorker(name, {
      file: builtFile(__dirname, 'sherpa-streaming.worker'),
      workerData: config(languages[0] ?? ''),
    });
  }

  async transcribe(
    samples: Float32Array,
    { language, vocabulary, signal }: TranscribeOptions = {},
  ): Promise<Transcription> {
    signal?.throwIfAborted();
    assertUtterance(samples);
    const [result] = await this.worker.ask({ samples }, signal);
    signal?.throwIfAborted();
    const heard = result ? transcriptionOf(result, samples) : { text: '' };
    return this.respelling.of(heard, spokenIn(this.languages, language), vocabulary);
  }

  close(): Promise<void> {
    return this.worker.close();
  }
}
