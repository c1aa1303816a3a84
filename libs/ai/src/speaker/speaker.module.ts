import { Inject, Module, type DynamicModule, type OnApplicationShutdown } from '@nestjs/common';
import { modelsPath, SETTINGS, type ServiceSettings } from '@parley/config';
import { verifyModelFiles } from '../speech/model-files';
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

/** @throws ModelFilesError */
export async function speakerEngine(
  settings: Pick<ServiceSettings, 'DATA_DIR' | 'MODELS_DIR'>,
): Promise<SpeakerEngine> {
  await verifyModelFiles(modelsPath(settings), ['x-vector/final.ext.raw', 'x-vector/mean.vec']);
  return new XVectorEngine(modelsPath(settings, 'x-vector'));
}
