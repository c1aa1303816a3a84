import pino, { type Logger } from 'pino';
import { requestContext } from '../context/request-context';

let root: Logger | undefined;

export interface LogTarget {
  level: string;
  /** Appended to; unset: standard output. */
  file?: string;
}

/** Decides where this process logs, before the first service is created. */
export function configureLogging(target: LogTarget): void {
  root = makeLogger(target);
}

function makeLogger(target: LogTarget): Logger {
  return pino(
    {
      level: target.level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: ['*.authorization', '*.email', '*.token', '*.secret', '*.text', 'email', 'text'],
      mixin() {
        const { service, requestId } = requestContext();
        return { service, requestId };
      },
    },
    pino.destination(target.file ? { dest: target.file, mkdir: true, sync: true } : 1),
  );
}

/** The process's logger: one JSON line per event, with the service and request it belongs to. */
export function rootLogger(): Logger {
  return (root ??= makeLogger({ level: 'info' }));
}
