import type { Agent } from 'node:http';
import { createRequire } from 'node:module';
import type * as RequestFiltering from 'request-filtering-agent';

let loaded: typeof RequestFiltering | undefined;

/**
 * An agent that looks at the address a name resolved to, at the moment of connecting, and refuses
 * private ones: a check of the name alone could be undone by a second DNS answer.
 */
export function filteringAgent(protocol: string): Agent {
  // Loaded when first needed: the package is ESM only, which Node can require and jest cannot.
  loaded ??= createRequire(__filename)('request-filtering-agent') as typeof RequestFiltering;
  return protocol === 'https:'
    ? new loaded.RequestFilteringHttpsAgent({ keepAlive: false })
    : new loaded.RequestFilteringHttpAgent({ keepAlive: false });
}

/** The filter gives its errors no code, only this sentence. */
export function isFilterRefusal(error: Error): boolean {
  return error.message.includes('is not allowed. Because');
}
