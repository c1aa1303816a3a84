import { Module, type DynamicModule } from '@nestjs/common';
import { LoggerModule } from 'nestjs-pino';
import { rootLogger } from './root-logger';
import { ServiceLogger } from './service.logger';

/** Routes Nest's `Logger` to the process's one pino logger. */
@Module({})
export class LoggingModule {
  static forRoot(): DynamicModule {
    return {
      module: LoggingModule,
      imports: [
        LoggerModule.forRootAsync({
          // Late, so that the launcher has said where this process logs.
          useFactory: () => ({
            pinoHttp: { logger: rootLogger(), autoLogging: false },
            forRoutes: [],
          }),
        }),
      ],
      providers: [ServiceLogger],
      exports: [ServiceLogger],
    };
  }
}
