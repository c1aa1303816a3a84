import { Inject, Module, type DynamicModule, type OnApplicationShutdown } from '@nestjs/common';
import { modelsPath, SETTINGS, type ServiceSettings } from '@parley/config';
import { EmbeddingEngine } from './embedding-engine';
import { OpenAiEmbeddingEngine } from './openai-embedding.engine';
import { SharedLocalEngine } from './shared-local-engine';

/** Provides {@link EmbeddingEngine}: the endpoint's when OPENAI_EMBEDDING_MODEL is set, else the local one. */
@Module({})
export class EmbeddingModule implements OnApplicationShutdown {
  constructor(@Inject(EmbeddingEngine) private readonly engine: EmbeddingEngine) {}

  static forRoot(): DynamicModule {
    return {
      module: EmbeddingModule,
      global: true,
      providers: [{ provide: EmbeddingEngine, inject: [SETTINGS], useFactory: embeddingEngine }],
      exports: [EmbeddingEngine],
    };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.engine.close();
  }
}

/** The engine that the settings ask for. */
export function embeddingEngine(settings: ServiceSettings): EmbeddingEngine {
  return settings.OPENAI_EMBEDDING_MODEL === undefined
    ? new SharedLocalEngine(modelsPath(settings, 'use-lite'))
    : new OpenAiEmbeddingEngine(settings, settings.OPENAI_EMBEDDING_MODEL);
}
