import { editDistance } from './edit-distance';
import { TIMEOUT_PROVIDERS } from './timeout-settings';

type Environment = Readonly<Record<string, string | undefined>>;

const TIMEOUT_SETTING = /^TIMEOUT_[A-Z0-9_]+_SECONDS$/;
/** Shorter names are too near to what others put into the environment (HOME and HOST). */
const SHORTEST = 6;
/** From this length on two letters may be wrong. */
const LONG = 10;

/** A timeout for a provider that does not exist would be believed and never used: it ends the start. */
export function unknownTimeouts(env: Environment): string[] {
  const known = TIMEOUT_PROVIDERS.map((provider) => `TIMEOUT_${provider}_SECONDS`);
  return Object.keys(env)
    .filter((name) => TIMEOUT_SETTING.test(name) && !known.includes(name))
    .map((name) => `${name}: no such provider; known are ${known.join(', ')}`);
}

/**
 * Variables that are probably a misspelt setting of ours, each with the one that was meant. Only a warning:
 * the environment is not ours alone.
 */
export function misspeltSettings(
  names: readonly string[],
  env: Environment,
): { given: string; meant: string }[] {
  const known = new Set(names.flatMap((name) => [name, `${name}_FILE`]));
  const long = [...known].filter((name) => name.length >= SHORTEST);
  return Object.keys(env).flatMap((given) => {
    if (known.has(given) || TIMEOUT_SETTING.test(given) || !env[given]) return [];
    const meant = long.find((name) => isNear(given.toUpperCase(), name));
    return meant === undefined ? [] : [{ given, meant }];
  });
}

function isNear(given: string, name: string): boolean {
  const most = name.length >= LONG ? 2 : 1;
  if (Math.abs(given.length - name.length) > most) return false;
  return editDistance(given, name) <= most;
}
