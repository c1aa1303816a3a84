'use client';

import type { EngineList, ServiceName } from '@parley/client';
import Link from 'next/link';
import { SERVICES } from '@/parley';
import { strings } from '@/strings';
import { classNames } from '../class-names';
import { useHealth, type Health } from './use-health';

const said = strings.status;

/** How the six services are, asked for as long as somebody looks. */
export function SystemStatus() {
  const { services, engines } = useHealth();
  return (
    <div className="mx-auto max-w-4xl px-4 py-6 sm:px-8 sm:py-8">
      <h1 className="text-2xl font-semibold tracking-tight">{said.title}</h1>
      <p className="mt-1 mb-6 text-sm text-muted">{said.intro}</p>
      <ul className="grid gap-3 sm:grid-cols-2">
        {SERVICES.map((name) => (
          <ServiceCard key={name} name={name} health={services[name]} />
        ))}
      </ul>
      {engines ? <Engines engines={engines} /> : null}
    </div>
  );
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
      <Link
        href="/settings/engines"
        className="mt-2 inline-block text-sm text-accent hover:underline"
      >
        {said.more}
      </Link>
    </section>
  );
}
