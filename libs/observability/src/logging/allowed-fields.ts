import { describeError, type DescribedError } from './describe-error';
import { logFields, type LogFieldKind, type LogFieldName } from './log-fields';
import { scrub } from './scrub';

type Loggable = string | number | boolean | DescribedError;

const WITHHELD = '[withheld]';
/** No blanks and no @: neither a sentence nor an email is one. */
const ID = /^[\w.:-]{1,128}$/;
const CODE = /^[\w.:/{}*-]{1,100}$/;

const kinds: ReadonlyMap<string, LogFieldKind> = new Map(Object.entries(logFields));

/** What of an object may be written, and how many of its fields may not. */
export function allowedFields(
  given: object,
  names: readonly LogFieldName[] | null = null,
): { fields: Record<string, Loggable>; dropped: number } {
  const fields: Record<string, Loggable> = {};
  let dropped = 0;
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined || value === null) continue;
    const kind = names && !names.includes(name as LogFieldName) ? undefined : kinds.get(name);
    const allowed = kind && valueOf(kind, value);
    if (allowed === undefined || allowed === WITHHELD) dropped += 1;
    if (allowed !== undefined) fields[name] = allowed;
  }
  return { fields, dropped };
}

function valueOf(kind: LogFieldKind, value: unknown): Loggable | undefined {
  switch (kind) {
    case 'number':
      return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
    case 'error':
      return describeError(value);
    case 'id':
      return word(ID, value);
    case 'code':
      return word(CODE, value);
    case 'origin':
      return typeof value === 'string' && URL.canParse(value) ? new URL(value).origin : WITHHELD;
  }
}

function word(shape: RegExp, value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  return shape.test(value) ? scrub(value) : WITHHELD;
}
