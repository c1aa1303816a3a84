/** What an operator's tools ask without a key. */
const OPERATIONAL = new Set(['/health', '/livez', '/readyz', '/metrics', '/openapi.json']);

/** Whether a path is served without an API key. */
export function isOperational(path: string): boolean {
  return OPERATIONAL.has(path) || isDocumentation(path);
}

/** The Swagger explorer and its files. */
export function isDocumentation(path: string): boolean {
  return path.startsWith('/docs') && (path.length === 5 || path.charCodeAt(5) === 0x2f);
}
