import { Module, type DynamicModule } from '@nestjs/common';
import { modelsPath, SETTINGS, type ServiceSettings } from '@parley/config';
import { verifyModelFiles } from './model-files';
import { MoonshineEngine } from './moonshine.engine';
import { SileroVoiceDetectorFactory } from './silero.voice-detector';
import { SpeechEngine } from './speech-engine';
import { VoiceDetectorFactory } from './voice-detector';

/** Provides {@link SpeechEngine} and {@link VoiceDetectorFactory}, loaded and ready. */
@Module({})
export class SpeechModule {
  static forRoot(): DynamicModule {
    return {
      module: SpeechModule,
      providers: [
        { provide: SpeechEngine, inject: [SETTINGS], useFactory: localSpeechEngine },
        { provide: VoiceDetectorFactory, inject: [SETTINGS], useFactory: localVoiceDetector },
      ],
      exports: [SpeechEngine, VoiceDetectorFactory],
    };
  }
}

type ModelSettings = Pick<ServiceSettings, 'DATA_DIR' | 'MODELS_DIR'>;

/** @throws ModelFilesError */
export async function localSpeechEngine(settings: ModelSettings): Promise<SpeechEngine> {
  const [encoder, mergedDecoder, tokens] = await verifyModelFiles(modelsPath(settings), [
    'moonshine-tiny/encoder_model.onnx',
    'moonshine-tiny/decoder_model_merged.onnx',
    'moonshine-tiny/tokens.txt',
  ]);
  return MoonshineEngine.load({ encoder, mergedDecoder, tokens });
}

/** @throws ModelFilesError */
export async function localVoiceDetector(settings: ModelSettings): Promise<VoiceDetectorFactory> {
  const [model] = await verifyModelFiles(modelsPath(settings), ['silero-vad/silero_vad.onnx']);
  return new SileroVoiceDetectorFactory(model);
}
