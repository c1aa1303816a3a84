import type { LoggerService } from '@nestjs/common';
import { Logger, PinoLogger } from 'nestjs-pino';
import { rootLogger } from './root-logger';

/** Who in Nest tells at every start what the code says anyway. */
const BOOT_CHATTER = new Set([
  'InstanceLoader',
  'RouterExplorer',
  'RoutesResolver',
  'NestFactory',
  'NestApplication',
  'NestMicroservice',
]);

/** Nest's logger interface over pino; the framework's boot lines count as `debug`. */
export class ServiceLogger implements LoggerService {
  private readonly pino = new Logger(new PinoLogger({ pinoHttp: { logger: rootLogger() } }), {});

  log(message: unknown, ...more: unknown[]): void {
    if (BOOT_CHATTER.has(String(more.at(-1)))) this.pino.debug(message, ...more);
    else this.pino.log(message, ...more);
  }

  error(message: unknown, ...more: unknown[]): void {
    // A start that fails throws too: whoever started the service says why, once.
    if (more.at(-1) === 'ExceptionHandler') this.pino.debug(message, ...more);
    else this.pino.error(message, ...more);
  }

  warn(message: unknown, ...more: unknown[]): void {
    this.pino.warn(message, ...more);
  }

  debug(message: unknown, ...more: unknown[]): void {
    this.pino.debug(message, ...more);
  }

  verbose(message: unknown, ...more: unknown[]): void {
    this.pino.verbose(message, ...more);
  }

  fatal(message: unknown, ...more: unknown[]): void {
    this.pino.fatal(message, ...more);
  }
}
