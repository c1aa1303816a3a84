'use client';

import { unwrap, type EngineList, type ServiceName } from '@parley/client';
import { useEffect, useState } from 'react';
import { pageClient, SERVICES } from '@/parley';

const EVERY_MS = 5_000;

export interface Dependency {
  status: string;
  reason?: string;
  latencyMs?: number;
  engine?: string;
  mode?: string;
}

export interface Health {
  status: 'healthy' | 'degraded';
  dependencies: Record<string, Dependency>;
}

export interface SystemHealth {
  /** By service; nothing where no answer came yet. */
  services: Partial<Record<ServiceName, Health | 'away'>>;
  /** Null: not known yet, or asr is away. */
  engines: EngineList | null;
}

/** How the six services are and what they run, asked for as long as somebody looks. */
export function useHealth(): SystemHealth {
  const [health, setHealth] = useState<SystemHealth>({ services: {}, engines: null });
  useEffect(() => {
    let leaving = false;
    const look = async (): Promise<void> => {
      const [answers, engines] = await Promise.all([
        Promise.all(SERVICES.map(async (name) => [name, await healthOf(name)] as const)),
        unwrap(pageClient().asr.GET('/v1/engines')).catch(() => null),
      ]);
      if (!leaving) setHealth({ services: Object.fromEntries(answers), engines });
    };
    void look();
    const timer = setInterval(() => void look(), EVERY_MS);
    return () => {
      leaving = true;
      clearInterval(timer);
    };
  }, []);
  return health;
}

/** How one service is; `away` where it does not say. */
export async function healthOf(name: ServiceName): Promise<Health | 'away'> {
  try {
    const response = await fetch(`/api/${name}/health`);
    return response.ok ? ((await response.json()) as Health) : 'away';
  } catch {
    return 'away';
  }
}
