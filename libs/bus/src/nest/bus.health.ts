import type { HealthProbe, HealthRegistry } from '@parley/health';
import type { EventBus } from '../event-bus';
import type { BusServer } from './bus.server';

/** Tells `/health` whether this service's consumer group stands, and how far behind it is. */
export function registerBusHealth(health: HealthRegistry, bus: EventBus, server: BusServer): void {
  health.registerHealthCheck('bus', false, async (): Promise<HealthProbe> => {
    const { topics } = server;
    if (!server.isListening || topics.length === 0) return { up: true, topics: topics.length };
    const states = await bus.state(server.group, topics);
    const missing = topics.length - states.length;
    const sum = (of: (state: (typeof states)[number]) => number): number =>
      states.reduce((total, state) => total + of(state), 0);
    return {
      up: missing === 0,
      ...(missing === 0 ? {} : { reason: 'no-group' }),
      lag: sum(({ lag }) => lag),
      pending: sum(({ pending }) => pending),
      oldestMs: Math.round(Math.max(0, ...states.map(({ oldestMs }) => oldestMs))),
    };
  });
}
