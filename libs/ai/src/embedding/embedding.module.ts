import { Inject, Module, type DynamicModule, type OnApplicationShutdown } from '@nestjs/common';
import { modelsPath, SETTINGS, type ServiceSettings } from '@parley/config';
import { Metrics } from '@parley/observability';
import { EndpointGuard } from '../guard/endpoint-guard';
import { GuardedEmbeddingEngine } from '../guard/guarded-embedding.engine';
import { MeasuredEmbeddingEngine } from '../measure/measured-embedding.engine';
import { ModelMetrics, modelMetricsOf } from '../measure/model.metrics';
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
      providers: [
        { provide: ModelMetrics, inject: [Metrics], useFactory: modelMetricsOf },
        {
          provide: EmbeddingEngine,
          inject: [SETTINGS, ModelMetrics],
          useFactory: guardedEmbeddingEngine,
        },
      ],
      exports: [EmbeddingEngine, ModelMetrics],
    };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.engine.close();
  }
}

/** The engine that the settings ask for. */
export function embeddingEngine(
  settings: ServiceSettings,
  metrics?: Pick<ModelMetrics, 'used'>,
): EmbeddingEngine {
  return settings.OPENAI_EMBEDDING_MODEL === undefined
    ? new SharedLocalEngine(modelsPath(settings, 'use-lite'))
    : new OpenAiEmbeddingEngine(settings, settings.OPENAI_EMBEDDING_MODEL, {
        timeoutMs: settings.TIMEOUT_OPENAI_SECONDS * 1_000,
        ...(metrics ? { metrics } : {}),
      });
}

function guardedEmbeddingEngine(settings: ServiceSettings, metrics: ModelMetrics): EmbeddingEngine {
  const engine = new MeasuredEmbeddingEngine(embeddingEngine(settings, metrics), metrics);
  if (settings.OPENAI_EMBEDDING_MODEL === undefined) return engine;
  return new GuardedEmbeddingEngine(engine, new EndpointGuard(engine.name, metrics));
}
