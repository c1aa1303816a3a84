import { allowedFields } from './allowed-fields';
import { logEvents, type LogEventName } from './log-events';
import type { LogFieldValue } from './log-fields';
import { CataloguedLine, rootLogger } from './root-logger';

type FieldName<Name extends LogEventName> = (typeof logEvents)[Name]['fields'][number];

/** All fields of an event; what is not known is undefined. */
export type LogEventFields<Name extends LogEventName> = {
  [Field in FieldName<Name>]: LogFieldValue<Field> | null | undefined;
};

/**
 * Logs an event of the catalogue: `logEvent('delivery.attempted', { deliveryId, meetingId, status })`.
 * Who and on whose behalf is taken from the request context. This is the only way to log.
 */
export function logEvent<Name extends LogEventName>(
  name: Name,
  ...[fields]: [FieldName<Name>] extends [never] ? [] : [LogEventFields<Name>]
): void {
  const logger = rootLogger();
  const { level, says, fields: names } = logEvents[name];
  if (!logger.isLevelEnabled(level)) return;
  const allowed = allowedFields(fields ?? {}, names);
  const message = says.replace(/\{(\w+)\}/g, (_all, field: string) => {
    const value = allowed.fields[field];
    return typeof value === 'string' ? value : '';
  });
  logger[level](new CataloguedLine(name, allowed.fields, allowed.dropped), message);
}
