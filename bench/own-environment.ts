/** What a system of its own may see of ours: nothing that would lead it to somebody else's database, bus or endpoint. */
export function ownEnvironment(more: Record<string, string>): NodeJS.ProcessEnv {
  const { PATH, HOME, TMPDIR, npm_config_cache } = process.env;
  return { PATH, HOME, TMPDIR, npm_config_cache, ...more };
}
