import { resolve } from 'node:path';
import { Inject, Module, type DynamicModule, type OnApplicationShutdown } from '@nestjs/common';
import { modelsPath, PROJECT_ROOT, SETTINGS, type ServiceSettings } from '@parley/config';
import { verifyModelFiles } from '../speech/model-files';
import { SherpaSpeakerEngine } from './sherpa-speaker/sherpa-speaker.engine';
import { SpeakerEngine } from './speaker-engine';
import { XVectorEngine } from './x-vector/x-vector.engine';

/** Provides the {@link SpeakerEngine}. */
@Module({})
export class SpeakerModule implements OnApplicationShutdown {
  constructor(@Inject(SpeakerEngine) private readonly engine: SpeakerEngine) {}

  static forRoot(): DynamicModule {
    return {
      module: SpeakerModule,
      providers: [{ provide: SpeakerEngine, inject: [SETTINGS], useFactory: speakerEngine }],
      exports: [SpeakerEngine],
    };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.engine.close();
  }
}

/**
 * The model in SPEAKER_MODEL_DIR, else the one that comes with Parley.
 * @throws ModelFolderError, ModelFilesError
 */
export async function speakerEngine(
  settings: Pick<ServiceSettings, 'DATA_DIR' | 'MODELS_DIR' | 'SPEAKER_MODEL_DIR'>,
): Promise<SpeakerEngine> {
  if (settings.SPEAKER_MODEL_DIR) {
    return SherpaSpeakerEngine.open(resolve(PROJECT_ROOT, settings.SPEAKER_MODEL_DIR));
  }
  await verifyModelFiles(modelsPath(settings), ['x-vector/final.ext.raw', 'x-vector/mean.vec']);
  return new XVectorEngine(modelsPath(settings, 'x-vector'));
}
