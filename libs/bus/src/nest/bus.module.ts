import {
  Global,
  Inject,
  Module,
  type DynamicModule,
  type OnApplicationShutdown,
  type OnModuleDestroy,
} from '@nestjs/common';
import { SETTINGS } from '@parley/config';
import { AudioLog } from '../audio-log';
import { Broadcast } from '../broadcast';
import { EventBus } from '../event-bus';
import { openBackend, type BusBackend, type BusSettings } from './bus-backend';
import { BusServer, type BusServerOptions } from './bus.server';

const BACKEND = Symbol('BUS_BACKEND');

/**
 * Gives a service {@link EventBus}, {@link Broadcast}, {@link AudioLog} and the {@link BusServer} that
 * its `@OnEvent` methods hang on. Handlers end before anything is torn down, connections last.
 */
@Global()
@Module({})
export class BusModule implements OnModuleDestroy, OnApplicationShutdown {
  static forService(options: BusServerOptions): DynamicModule {
    return {
      module: BusModule,
      providers: [
        {
          provide: BACKEND,
          useFactory: (settings: BusSettings) => openBackend(settings, options.group),
          inject: [SETTINGS],
        },
        { provide: EventBus, useFactory: ({ bus }: BusBackend) => bus, inject: [BACKEND] },
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
          useFactory: (bus: EventBus) => new BusServer(bus, options),
          inject: [EventBus],
        },
      ],
      exports: [EventBus, Broadcast, AudioLog, BusServer],
    };
  }

  constructor(
    @Inject(BusServer) private readonly server: BusServer,
    @Inject(BACKEND) private readonly backend: BusBackend,
  ) {}

  async onModuleDestroy(): Promise<void> {
    await this.server.close();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.backend.close();
  }
}
