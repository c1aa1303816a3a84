import { Module, type DynamicModule } from '@nestjs/common';
import { SETTINGS, type ServiceSettings } from '@parley/config';
import { HealthRegistry } from '@parley/health';
import { Metrics } from '@parley/observability';
import { EndpointGuard } from '../guard/endpoint-guard';
import { GuardedTextEngine } from '../guard/guarded-text.engine';
import { MeasuredTextEngine } from '../measure/measured-text.engine';
import { ModelMetrics, modelMetricsOf } from '../measure/model.metrics';
import { OpenAiTextEngine } from './openai-text.engine';
import type { TextEngine } from './text-engine';

/** Injects the language model, or null: `@Inject(TEXT_ENGINE) private readonly text: TextEngine | null`. */
export const TEXT_ENGINE = Symbol('TEXT_ENGINE');

/** Provides {@link TEXT_ENGINE}: null unless a key or an endpoint is configured. */
@Module({})
export class TextModule {
  static forRoot(): DynamicModule {
    return {
      module: TextModule,
      global: true,
      providers: [
        { provide: ModelMetrics, inject: [Metrics], useFactory: modelMetricsOf },
        {
          provide: TEXT_ENGINE,
          inject: [SETTINGS, ModelMetrics, HealthRegistry],
          useFactory: watchedTextEngine,
        },
      ],
      exports: [TEXT_ENGINE, ModelMetrics],
    };
  }
}

/** The engine that the settings ask for, or null when they name none. */
export function textEngine(
  settings: ServiceSettings,
  metrics?: Pick<ModelMetrics, 'used'>,
): TextEngine | null {
  const configured = settings.OPENAI_API_KEY ?? settings.OPENAI_BASE_URL;
  if (configured === undefined) return null;
  return new OpenAiTextEngine(settings, {
    timeoutMs: settings.TIMEOUT_OPENAI_SECONDS * 1_000,
    ...(metrics ? { metrics } : {}),
  });
}

function watchedTextEngine(
  settings: ServiceSettings,
  metrics: ModelMetrics,
  health: HealthRegistry,
): TextEngine | null {
  const configured = textEngine(settings, metrics);
  if (!configured) {
    health.registerHealthCheck('text', false, async () => ({ up: true, mode: 'extractive' }));
    return null;
  }
  const engine = new MeasuredTextEngine(configured, metrics);
  const guard = new EndpointGuard(engine.name, metrics);
  health.registerHealthCheck('text', false, async () => {
    const { lastFailure: reason } = engine.state;
    const { heldBack } = guard;
    const rest = heldBack ? { resting: heldBack } : {};
    const how = { mode: 'model', engine: engine.name, ...rest };
    return reason ? { up: false, reason, ...how } : { up: true, ...how };
  });
  return new GuardedTextEngine(engine, guard);
}
