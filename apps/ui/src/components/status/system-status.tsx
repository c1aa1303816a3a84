'use client';

import { unwrap, type EngineList, type ServiceName } from '@parley/client';
import { useEffect, useState } from 'react';
import { pageClient } from '@/parley';
import { strings } from '@/strings';
import { classNames } from '../class-names';

const EVERY_MS = 5_000;
const NAMES: ServiceName[] = ['ingestion', 'asr', 'nlu', 'rag', 'agent', 'integrations'];
const said = strings.status;

interface Dependency {
  status: string;
  reason?: string;
  latencyMs?: number;
}

interface Health {
  status: 'healthy' | 'degraded';
  dependencies: Record<string, Dependency>;
}

/** How the six services are, asked for as long as somebody looks. */
export function SystemStatus() {
  const [health, setHealth] = useState<Partial<Record<ServiceName, Health | 'away'>>>({});
  const [engines, setEngines] = useState<EngineList | null>(null);
  useEffect(() => {
    let leaving = false;
    const look = async (): Promise<void> => {
      const answers = await Promise.all(NAMES.map(async (name) => [name, await healthOf(name)]));
      const listed = await unwrap(pageClient().asr.GET('/v1/engines')).catch(() => null);
      if (leaving) return;
      setHealth(Object.fromEntries(answers) as typeof health);
      setEngines(listed);
    };
    void look();
    const timer = setInterval(() => void look(), EVERY_MS);
    return () => {
      leaving = true;
      clearInterval(timer);
    };
  }, []);
  return (
    <div className="mx-auto max-w-4xl px-4 py-6 sm:px-8 sm:py-8">
      <h1 className="text-2xl font-semibold tracking-tight">{said.title}</h1>
      <p className="mt-1 mb-6 text-sm text-muted">{said.intro}</p>
      <ul className="grid gap-3 sm:grid-cols-2">
        {NAMES.map((name) => (
          <ServiceCard key={name} name={name} health={health[name]} />
        ))}
      </ul>
      {engines ? <Engines engines={engines} /> : null}
    </div>
  );
}

async function healthOf(name: ServiceName): Promise<Health | 'away'> {
  try {
    const response = await fetch(`/api/${name}/health`);
    return response.ok ? ((await response.json()) as Health) : 'away';
  } catch {
    return 'away';
  }
}

function ServiceCard({ name, health }: { name: ServiceName; health: Health | 'away' | undefined }) {
  const [label, color] =
    health === undefined
      ? ['…', 'text-muted']
      : health === 'away'
        ? [said.down, 'text-danger']
        : health.status === 'healthy'
          ? [said.up, 'text-accent']
          : [said.degraded, 'text-warn'];
  const dependencies = typeof health === 'object' ? Object.entries(health.dependencies) : [];
  return (
    <li className="rounded-xl border border-line bg-surface p-4">
      <div className="flex items-baseline justify-between gap-3">
        <h2 className="font-semibold">{name}</h2>
        <span className={classNames('text-sm font-medium', color)}>{label}</span>
      </div>
      <p className="text-sm text-muted">{said.roles[name]}</p>
      <dl className="mt-3 grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 gap-y-0.5 text-xs empty:hidden">
        {dependencies.map(([component, { status, reason, latencyMs }]) => (
          <div key={component} className="contents">
            <dt className="text-muted">{component}</dt>
            <dd className={status === 'up' ? undefined : 'text-danger'}>
              {[status, reason, latencyMs !== undefined && `${latencyMs.toFixed(0)} ms`]
                .filter(Boolean)
                .join(' · ')}
            </dd>
          </div>
        ))}
      </dl>
    </li>
  );
}

function Engines({ engines }: { engines: EngineList }) {
  const { items, listening } = engines;
  return (
    <section aria-label={said.engines} className="mt-8">
      <h2 className="text-base font-semibold">{said.engines}</h2>
      <p className="mt-1 text-sm text-muted">
        {said.engine} {listening.meetings} {said.of} {listening.capacity} {said.meetings}
      </p>
      <ul className="mt-2 text-sm">
        {items.map(({ kind, name }) => (
          <li key={`${kind}-${name}`}>
            <span className="text-muted">{kind}</span> {name}
          </li>
        ))}
      </ul>
    </section>
  );
}
