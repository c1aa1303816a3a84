import { editDistance } from './edit-distance';
import { looksLikeOwnSetting } from './provider-settings';

type Environment = Readonly<Record<string, string | undefined>>;

/** Shorter names are too near to what others put into the environment (HOME and HOST). */
const SHORTEST = 6;
/** From this length on two letters may be wrong. */
const LONG = 10;

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
    if (known.has(given) || looksLikeOwnSetting(given) || !env[given]) return [];
    const meant = long.find((name) => isNear(given.toUpperCase(), name));
    return meant === undefined ? [] : [{ given, meant }];
  });
}

function isNear(given: string, name: string): boolean {
  const most = name.length >= LONG ? 2 : 1;
  if (Math.abs(given.length - name.length) > most) return false;
  return editDistance(given, name) <= most;
}
