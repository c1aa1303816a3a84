import type { LogFieldName } from './log-fields';

export interface LogEventSpec {
  level: 'debug' | 'info' | 'warn' | 'error';
  /** For people; `{field}` stands for a field's value. */
  says: string;
  fields: readonly LogFieldName[];
}

const of =
  (level: LogEventSpec['level']) =>
  <const Fields extends readonly LogFieldName[]>(says: string, ...fields: Fields) => ({
    level,
    says,
    fields,
  });

export const debug = of('debug');
export const info = of('info');
export const warn = of('warn');
export const error = of('error');
