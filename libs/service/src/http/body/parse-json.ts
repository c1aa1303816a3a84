import { isUtf8 } from 'node:buffer';
import { ProblemError } from '@parley/contracts';

/** Deeper than any body of ours; what validates and stores a value goes down step by step. */
const DEEPEST = 64;
/** More than any body of ours; a body of a mebibyte can hold 200,000, and validating those would take seconds. */
const MOST_VALUES = 2_000;
/** A character that PostgreSQL refuses: NUL, or half of a pair. */
const UNSTORABLE = /\0|\p{Surrogate}/u;
/** Text without these cannot hold such a character or such a name. */
const SUSPICIOUS = /\\u|__proto__|"constructor"/;

/**
 * Parses the body of a request: an object that can be validated, merged and stored without surprises.
 * @returns undefined for an empty body.
 * @throws ProblemError `malformed-json` or `validation-failed`.
 */
export function parseJson(body: Buffer): object | undefined {
  if (body.length === 0) return undefined;
  if (!isUtf8(body)) throw new ProblemError('malformed-json', 'The body is not UTF-8.');
  const text = body.toString('utf8');
  const value = parsed(text);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new ProblemError('validation-failed', 'The body must be a JSON object.');
  }
  assertHarmless(value, SUSPICIOUS.test(text));
  return value;
}

/** @throws ProblemError `validation-failed` for text that cannot be stored. */
export function assertStorable(text: string): void {
  if (UNSTORABLE.test(text)) {
    throw new ProblemError('validation-failed', 'NUL and unpaired surrogates are not taken.');
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Its message quotes the body.
    throw new ProblemError('malformed-json', 'The body cannot be parsed as JSON.');
  }
}

/**
 * Looks into every member, each once.
 * @param suspicious whether names and texts are looked at, besides depth and number.
 * @throws ProblemError `validation-failed`.
 */
export function assertHarmless(value: object, suspicious: boolean): void {
  let values = 0;
  const look = (inner: object, depth: number): void => {
    if (depth > DEEPEST) {
      throw new ProblemError('validation-failed', `The body is nested deeper than ${DEEPEST}.`);
    }
    const isObject = !Array.isArray(inner);
    const members = inner as Record<string, unknown>;
    for (const name of Object.keys(members)) {
      if (++values > MOST_VALUES) {
        throw new ProblemError(
          'validation-failed',
          `The body holds more than ${MOST_VALUES} values, those of its lists and objects included.`,
        );
      }
      const member = members[name];
      if (suspicious && isObject) assertName(name);
      if (typeof member === 'object' && member !== null) look(member, depth + 1);
      else if (suspicious && typeof member === 'string') assertStorable(member);
    }
  };
  look(value, 1);
}

/** Names that mean something to JavaScript itself are no names of fields. */
function assertName(name: string): void {
  assertStorable(name);
  if (name === '__proto__' || name === 'constructor') {
    throw new ProblemError('validation-failed', `"${name}" is not taken as a field.`);
  }
}
