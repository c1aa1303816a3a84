import {
  Global,
  Inject,
  Module,
  Optional,
  type DynamicModule,
  type OnApplicationShutdown,
  type OnModuleDestroy,
  type OnModuleInit,
} from '@nestjs/common';
import { SETTINGS } from '@parley/config';
import { HealthRegistry, Lifecycle } from '@parley/health';
import { Metrics } from '@parley/observability';
import { AudioLog } from '../audio-log';
import { Broadcast } from '../broadcast';
import { EventBus } from '../event-bus';
import { registerBusHealth } from './bus.health';
import { busMetrics } from './bus.metrics';
import { openBackend, type BusBackend, type BusSettings } from './bus-backend';
import { ContextualEventBus } from './contextual-event-bus';
import { BusServer, type BusServerOptions } from './bus.server';

const BACKEND = Symbol('BUS_BACKEND');

/**
 * Gives a service {@link EventBus}, {@link Broadcast}, {@link AudioLog} and the {@link BusServer} that
 * its `@OnEvent` methods hang on. Handlers end before anything is torn down, connections last.
 */
@Global()
@Module({})
export class BusModule implements OnModuleInit, OnModuleDestroy, OnApplicationShutdown {
  static forService(options: BusServerOptions): DynamicModule {
    return {
      module: BusModule,
      providers: [
        {
          provide: BACKEND,
          useFactory: (settings: BusSettings) => openBackend(settings, options.group),
          inject: [SETTINGS],
        },
        {
          provide: EventBus,
          useFactory: ({ bus }: BusBackend) => new ContextualEventBus(bus, options.group),
          inject: [BACKEND],
        },
        {
          provide: Broadcast,
          useFactory: (backend: BusBackend) => backend.broadcast,
          inject: [BACKEND],
        },
        {
          provide: AudioLog,
          useFactory: ({ audioLog }: BusBackend) => audioLog,
          inject: [BACKEND],
        },
        {
          provide: BusServer,
          useFactory: (bus: EventBus, metrics?: Metrics, health?: HealthRegistry) =>
            busServer(bus, options, metrics, health),
          inject: [
            EventBus,
            { token: Metrics, optional: true },
            { token: HealthRegistry, optional: true },
          ],
        },
      ],
      exports: [EventBus, Broadcast, AudioLog, BusServer],
    };
  }

  constructor(
    @Inject(BusServer) private readonly server: BusServer,
    @Inject(BACKEND) private readonly backend: BusBackend,
    @Optional() @Inject(Lifecycle) private readonly lifecycle?: Lifecycle,
  ) {}

  /** What begins its work in `onApplicationBootstrap` finds a bus that can be used. */
  async onModuleInit(): Promise<void> {
    await this.backend.ready(this.lifecycle?.draining);
  }

  async onModuleDestroy(): Promise<void> {
    await this.server.close();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.backend.close();
  }
}

function busServer(
  bus: EventBus,
  options: BusServerOptions,
  metrics?: Metrics,
  health?: HealthRegistry,
): BusServer {
  const server = new BusServer(bus, options);
  if (health) registerBusHealth(health, bus, server);
  if (metrics) server.setListener(busMetrics(metrics, bus, server.group, () => server.topics));
  return server;
}
