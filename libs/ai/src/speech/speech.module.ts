import { resolve } from 'node:path';
import { Module, type DynamicModule } from '@nestjs/common';
import { modelsPath, PROJECT_ROOT, SETTINGS, type ServiceSettings } from '@parley/config';
import { Metrics } from '@parley/observability';
import { MeasuredSpeechEngine } from '../measure/measured-speech.engine';
import { ModelMetrics, modelMetricsOf } from '../measure/model.metrics';
import { verifyModelFiles } from './model-files';
import { folderSpeechEngine } from './folder/folder-speech.engine';
import { loadMoonshine } from './moonshine';
import { OpenAiSpeechEngine } from './openai-speech.engine';
import { SileroVoiceDetectorFactory } from './silero/silero.voice-detector';
import { SpeechEngine } from './speech-engine';
import { VoiceDetectorFactory } from './voice-detector';

/** Injects the speech engine of the endpoint, or null: `@Inject(ENDPOINT_SPEECH) speech: SpeechEngine | null`. */
export const ENDPOINT_SPEECH = Symbol('ENDPOINT_SPEECH');

/**
 * Provides the local {@link SpeechEngine} and {@link VoiceDetectorFactory}, loaded and ready, and
 * {@link ENDPOINT_SPEECH}: null unless OPENAI_SPEECH_MODEL is set.
 */
@Module({})
export class SpeechModule {
  static forRoot(): DynamicModule {
    return {
      module: SpeechModule,
      providers: [
        { provide: ModelMetrics, inject: [Metrics], useFactory: modelMetricsOf },
        {
          provide: ENDPOINT_SPEECH,
          inject: [SETTINGS, ModelMetrics],
          useFactory: measuredEndpointSpeech,
        },
        { provide: SpeechEngine, inject: [SETTINGS], useFactory: localSpeechEngine },
        { provide: VoiceDetectorFactory, inject: [SETTINGS], useFactory: localVoiceDetector },
      ],
      exports: [SpeechEngine, ENDPOINT_SPEECH, VoiceDetectorFactory, ModelMetrics],
    };
  }
}

/** The engine that the settings ask for, or null when they name none. */
export function endpointSpeechEngine(settings: ServiceSettings): SpeechEngine | null {
  const { OPENAI_SPEECH_MODEL: model, OPENAI_SPEECH_LANGUAGES: languages } = settings;
  if (model === undefined) return null;
  return new OpenAiSpeechEngine(settings, model, {
    timeoutMs: settings.TIMEOUT_OPENAI_SECONDS * 1_000,
    ...(languages ? { languages } : {}),
  });
}

function measuredEndpointSpeech(
  settings: ServiceSettings,
  metrics: ModelMetrics,
): SpeechEngine | null {
  const engine = endpointSpeechEngine(settings);
  return engine && new MeasuredSpeechEngine(engine, metrics);
}

type ModelSettings = Pick<ServiceSettings, 'DATA_DIR' | 'MODELS_DIR'>;

/**
 * The model in SPEECH_MODEL_DIR, else the one that comes with Parley.
 * @throws ModelFolderError, ModelFilesError
 */
export async function localSpeechEngine(
  settings: ModelSettings & Partial<Pick<ServiceSettings, 'SPEECH_MODEL_DIR'>>,
): Promise<SpeechEngine> {
  if (settings.SPEECH_MODEL_DIR) {
    return folderSpeechEngine(resolve(PROJECT_ROOT, settings.SPEECH_MODEL_DIR));
  }
  const [encoder, mergedDecoder, tokens] = await verifyModelFiles(modelsPath(settings), [
    'moonshine-tiny/encoder_model.onnx',
    'moonshine-tiny/decoder_model_merged.onnx',
    'moonshine-tiny/tokens.txt',
  ]);
  return loadMoonshine({ encoder, mergedDecoder, tokens });
}

/** @throws ModelFilesError */
export async function localVoiceDetector(settings: ModelSettings): Promise<VoiceDetectorFactory> {
  const [model] = await verifyModelFiles(modelsPath(settings), ['silero-vad/silero_vad.onnx']);
  return new SileroVoiceDetectorFactory(model);
}
