import { Module, type DynamicModule } from '@nestjs/common';
import { SETTINGS, type ServiceSettings } from '@parley/config';
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
      providers: [{ provide: TEXT_ENGINE, inject: [SETTINGS], useFactory: textEngine }],
      exports: [TEXT_ENGINE],
    };
  }
}

/** The engine that the settings ask for, or null when they name none. */
export function textEngine(settings: ServiceSettings): TextEngine | null {
  const configured = settings.OPENAI_API_KEY ?? settings.OPENAI_BASE_URL;
  return configured === undefined ? null : new OpenAiTextEngine(settings);
}
