import pino, { type LogFn, type Logger } from 'pino';
import { currentContext } from '../context/request-context';
import { allowedFields } from './allowed-fields';
import { countDropped } from './dropped-fields';
import { foreignLine } from './foreign-line';
import { RotatingFile } from './rotating-file';

let root: Logger | undefined;

export interface LogTarget {
  level: string;
  /** Appended to, and kept from growing without bound; unset: standard output. */
  file?: string;
  /** For tests: takes the lines instead. */
  write?: (line: string) => void;
}

/** Decides where this process logs, before the first service is created. */
export function configureLogging(target: LogTarget): void {
  root = makeLogger(target);
}

/** What an event of the catalogue hands over; anything else that reaches the logger is somebody else's. */
export class CataloguedLine {
  constructor(
    readonly event: string,
    readonly fields: object,
    readonly dropped: number,
  ) {}
}

function makeLogger({ level, file, write }: LogTarget): Logger {
  const logger = pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      // Whoever writes to this logger, and however: nothing gets past this.
      hooks: { logMethod: writeAllowed },
      formatters: { level: (label) => ({ level: label }) },
      serializers: { err: (described: unknown) => described },
    },
    write ? { write } : file ? new RotatingFile(file) : pino.destination(1),
  );
  // A child's own fields go past the hook: there are no children.
  logger.child = () => logger as never;
  return logger;
}

function writeAllowed(this: Logger, args: unknown[], method: LogFn): void {
  const context = currentContext();
  const service = context?.service ?? 'parley';
  const about = context
    ? {
        service,
        requestId: allowedId(context.requestId),
        workspaceId: allowedId(context.workspaceId),
        traceId: context.traceparent.slice(3, 35),
      }
    : { service };
  const [first, message] = args;
  if (first instanceof CataloguedLine) {
    countDropped(service, first.dropped);
    method.call(this, { ...about, event: first.event, ...first.fields }, String(message));
    return;
  }
  const line = foreignLine(args);
  countDropped(service, line.dropped);
  method.call(this, { ...about, ...line.fields }, line.message);
}

/** Clients name their requests: somebody may take a key for a name. */
function allowedId(id: string): unknown {
  return allowedFields({ entry: id }).fields.entry;
}

/** The process's logger: one JSON line per event, with the service and request it belongs to. */
export function rootLogger(): Logger {
  return (root ??= makeLogger({ level: 'info' }));
}
