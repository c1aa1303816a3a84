'use client';

import type { EngineList } from '@parley/client';
import { strings } from '@/strings';
import { useHealth, type SystemHealth } from '../status/use-health';
import { EngineCard, type EngineFacts } from './engine-card';
import { ListeningMeter } from './listening-meter';
import { Section } from './section';

const said = strings.settings.engines;

/** What listens, understands and writes, how fast it was so far, and what is missing of it. */
export function Engines() {
  const health = useHealth();
  const known = Object.keys(health.services).length > 0;
  return (
    <>
      <Section title={said.capacity} intro={said.capacityMeans}>
        <ListeningMeter engines={health.engines} known={known} />
      </Section>
      <Section title={said.title} intro={said.intro}>
        <ul aria-busy={!known} className="grid gap-3 sm:grid-cols-2">
          {enginesOf(health).map((facts) => (
            <EngineCard key={facts.kind} facts={facts} known={known} />
          ))}
        </ul>
      </Section>
    </>
  );
}

type Kind = EngineFacts['kind'];

function enginesOf({ services, engines }: SystemHealth): EngineFacts[] {
  const dependency = (service: 'asr' | 'rag' | 'agent', name: string) => {
    const health = services[service];
    return typeof health === 'object' ? health.dependencies[name] : undefined;
  };
  const speech = dependency('asr', 'speech');
  const heard = (['speech', 'speakers', 'voice activity'] as const).flatMap(
    (kind): EngineFacts[] => {
      const engine = engines?.items.find((one) => one.kind === kind);
      // Without an entry of its own it is not there: nothing to say of speakers that nobody tells apart.
      if (engines && !engine) return [];
      return [{ kind, ...about(kind, engine), ...(kind === 'speech' ? { state: speech } : {}) }];
    },
  );
  const embeddings = dependency('rag', 'embeddings');
  const text = dependency('agent', 'text');
  const written: [Kind, typeof text][] = [
    ['embeddings', embeddings],
    ['text', text],
  ];
  return [
    ...heard,
    ...written.map(([kind, state]): EngineFacts => {
      const name = state?.engine ?? (state?.mode === 'extractive' ? said.extractive : undefined);
      return { kind, away: state === undefined, state, ...(name ? { name } : {}) };
    }),
  ];
}

function about(kind: Kind, engine: EngineList['items'][number] | undefined): Partial<EngineFacts> {
  if (!engine) return { away: true };
  const { name, languages = [], realTimeFactor } = engine;
  return {
    name,
    languages,
    ...(kind === 'speech' ? { realTimeFactor: realTimeFactor ?? null } : {}),
  };
}
