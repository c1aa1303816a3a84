/** A path of a service, which may itself stand below a path of its host, as behind a proxy. */
export function urlBelow(base: string, path: string): URL {
  return new URL(path, base.endsWith('/') ? base : `${base}/`);
}
