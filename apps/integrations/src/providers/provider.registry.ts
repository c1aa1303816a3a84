import type { BreakerState } from '@parley/resilience';
import { z } from 'zod';
import type { Provider } from './provider';
import type { ProviderSetting, ProviderView } from './provider.view';

/** The providers by id. */
export class ProviderRegistry {
  private readonly byId: ReadonlyMap<string, Provider>;

  constructor(readonly all: readonly Provider[]) {
    this.byId = new Map(all.map((provider) => [provider.id, provider]));
  }

  find(id: string): Provider | undefined {
    return this.byId.get(id);
  }

  views(breakerOf: (id: string) => BreakerState): ProviderView[] {
    return this.all.map((provider) => ({
      id: provider.id,
      name: provider.name,
      tools: provider.tools,
      breaker: breakerOf(provider.id),
      settings: settingsOf(provider),
    }));
  }
}

function settingsOf(provider: Provider): ProviderSetting[] {
  return fieldsOf(provider).map(([name, field]) => ({
    name,
    required: !z.safeParse(field, undefined).success,
    secret: isSecret(field),
    description: z.globalRegistry.get(field)?.description ?? '',
  }));
}

/** The names of the settings that are encrypted and never shown. */
export function secretNames(provider: Provider): string[] {
  return fieldsOf(provider)
    .filter(([, field]) => isSecret(field))
    .map(([name]) => name);
}

function fieldsOf({ settingsSchema }: Provider): [string, z.core.$ZodType][] {
  return Object.entries<z.core.$ZodType>(settingsSchema.shape);
}

function isSecret(field: z.core.$ZodType): boolean {
  const about: Record<string, unknown> = z.globalRegistry.get(field) ?? {};
  return about.secret === true;
}
