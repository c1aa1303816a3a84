/** What a log line says of an error. */
export interface DescribedError {
  name: string;
  code?: string;
  syscall?: string;
  /** Postgres' own names of what a constraint or a column is called. */
  constraint?: string;
  table?: string;
  message?: string;
  /** `file:line:column` of our own code, innermost first. */
  at?: string[];
  cause?: DescribedError;
}

/** Errors of ours whose messages are made of constants, names and numbers. Others may quote what people said. */
const TELLS_NOTHING = new Set([
  'AbandonedError',
  'BusClosedError',
  'BusFullError',
  'BusSetupError',
  'EmbeddedDatabaseError',
  'GroupAwayError',
  'LeaseLostError',
  'ModelFailedError',
  'ModelFilesError',
  'ModelFolderError',
  'SecretBoxError',
  'SettingsError',
]);
/** The one message of the engine that finds most bugs, up to where it begins to name things. */
const OF_UNDEFINED = /^Cannot (read|set) properties of (undefined|null)/;
const NAME = /^[A-Za-z]\w{0,59}$/;
const CODE = /^[\w.-]{1,40}$/;
/** From our folder on, whatever the folders above it are called. */
const FRAME =
  /[/( ]((?:apps|libs|test|bench)\/(?!.*\/(?:apps|libs)\/)[\w./-]+\.(?:ts|js|mjs|cjs):\d+:\d+)\)?$/;
const MOST_FRAMES = 8;
const DEEPEST_CAUSE = 3;

/** Tells what helps to find the fault and nothing that was said, sent or stored. */
export function describeError(error: unknown, depth = 0): DescribedError {
  if (!(error instanceof Error)) return { name: typeof error };
  const facts = error as Error & Record<string, unknown>;
  const name = NAME.test(facts.name) ? facts.name : 'Error';
  const message = safeMessage(name, facts.message);
  const at = framesOf(facts);
  const cause = depth < DEEPEST_CAUSE ? causeOf(facts) : undefined;
  return {
    name,
    ...named('code', codeOf(facts)),
    ...named('syscall', facts.syscall),
    ...named('constraint', facts.constraint),
    ...named('table', facts.table),
    ...(message === undefined ? {} : { message }),
    ...(at.length === 0 ? {} : { at }),
    ...(cause === undefined ? {} : { cause: describeError(cause, depth + 1) }),
  };
}

function named<Key extends string>(key: Key, value: unknown): Partial<Record<Key, string>> {
  const text = typeof value === 'number' ? String(value) : value;
  return (typeof text === 'string' && CODE.test(text) ? { [key]: text } : {}) as Partial<
    Record<Key, string>
  >;
}

/** Redis' errors have theirs in front of the message. */
function codeOf({ name, code, message }: Error & Record<string, unknown>): unknown {
  return code ?? (name === 'ReplyError' ? /^[A-Z]{3,20}(?= )/.exec(message)?.[0] : undefined);
}

function safeMessage(name: string, message: string): string | undefined {
  if (TELLS_NOTHING.has(name)) return message.slice(0, 300);
  return OF_UNDEFINED.exec(message)?.[0];
}

/** Only our own code's places, by a pattern that no sentence fits, and without the message above them. */
function framesOf({ stack = '', name, message }: Error): string[] {
  const below = stack.slice(stack.startsWith(name) ? `${name}: ${message}`.length : 0);
  const frames = below.split('\n').flatMap((line) => {
    const place = line.trimStart().startsWith('at ') ? FRAME.exec(line)?.[1] : undefined;
    return place === undefined ? [] : [place];
  });
  return frames.slice(0, MOST_FRAMES);
}

function causeOf({ cause, errors, driverError }: Error & Record<string, unknown>): unknown {
  const first: unknown = Array.isArray(errors) ? errors[0] : undefined;
  return [cause, first, driverError].find((inner) => inner instanceof Error);
}
