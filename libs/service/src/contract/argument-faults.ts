import type { ErrorObject, ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import { Ajv2020 } from 'ajv/dist/2020';

/** More would not help anybody. */
const MOST_FAULTS = 20;
/** Says no more than what stands beside it. */
const SUMMARIES = new Set(['anyOf', 'oneOf', 'if']);

/** By the schema's text: what came over the wire is another object each time. */
const compiled = new Map<string, ValidateFunction>();
/** Far more than there are tools; then all are compiled anew. */
const MOST_SCHEMAS = 200;
let ajv: Ajv2020 | undefined;

/**
 * What is wrong with the arguments of a tool by its JSON Schema (2020-12), each fault naming its field and the rule, never
 * the value: `arguments.to: must NOT have fewer than 1 items`. Empty when they fit.
 */
export function argumentFaults(schema: object, given: object): string[] {
  const text = JSON.stringify(schema);
  const validate = compiled.get(text) ?? compile(text);
  if (validate(given)) return [];
  const errors = validate.errors ?? [];
  const telling = errors.filter((error) => !SUMMARIES.has(error.keyword) && !isEcho(error, errors));
  return [...new Set((telling.length > 0 ? telling : errors).map(inWords))].slice(0, MOST_FAULTS);
}

function compile(text: string): ValidateFunction {
  if (compiled.size >= MOST_SCHEMAS) {
    compiled.clear();
    ajv = undefined;
  }
  ajv ??= newAjv();
  const validate = ajv.compile(JSON.parse(text) as object);
  compiled.set(text, validate);
  return validate;
}

function newAjv(): Ajv2020 {
  const made = new Ajv2020({ strict: false, allErrors: true });
  addFormats(made);
  return made;
}

/** A pattern is there to say the format once more, and nobody can read it. */
function isEcho({ keyword, instancePath }: ErrorObject, errors: readonly ErrorObject[]): boolean {
  if (keyword !== 'pattern') return false;
  return errors.some((other) => other.keyword === 'format' && other.instancePath === instancePath);
}

function inWords({ instancePath, params, message = 'does not fit' }: ErrorObject): string {
  const { missingProperty } = params as { missingProperty?: string };
  const steps = instancePath.split('/').slice(1);
  const field = [
    'arguments',
    ...steps,
    ...(missingProperty === undefined ? [] : [missingProperty]),
  ];
  return `${field.join('.')}: ${missingProperty === undefined ? message : 'is missing'}`;
}
