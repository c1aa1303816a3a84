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
      reads: provider.reads,
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
    description: descriptionOf(field),
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
  return layersOf(field).some((about) => about.secret === true);
}

function descriptionOf(field: z.core.$ZodType): string {
  const said = layersOf(field).find(({ description }) => description !== undefined);
  return typeof said?.description === 'string' ? said.description : '';
}

/** What is said of a field, the outermost first: `secret.optional()` is as secret as what it wraps. */
function layersOf(field: z.core.$ZodType): Record<string, unknown>[] {
  const own: Record<string, unknown> = z.globalRegistry.get(field) ?? {};
  const { innerType } = field._zod.def as { innerType?: z.core.$ZodType };
  return innerType ? [own, ...layersOf(innerType)] : [own];
}
