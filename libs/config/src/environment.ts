/** A variable of the machine's, not a setting of ours: the search path, whether a terminal wants no colours. */
export function machineVariable(name: 'PATH' | 'NO_COLOR'): string | undefined {
  return process.env[name];
}

/**
 * The environment for another Parley that is started from here: what is set here holds there too, but for
 * `settings`. An empty one is unset, from a file as well.
 */
export function environmentWith(settings: Record<string, string>): NodeJS.ProcessEnv {
  const files = Object.keys(settings).map((name): [string, string] => [`${name}_FILE`, '']);
  return { ...process.env, ...Object.fromEntries(files), ...settings };
}
