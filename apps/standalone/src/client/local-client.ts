import {
  createParleyClient,
  type Fetch,
  type ParleyClient,
  type ServiceUrls,
} from '@parley/client';
import { listOf, type ServiceSettings } from '@parley/config';
import { WebSocket } from 'ws';

/** The key to show, where one is asked for: `localClient(urls, shownKey(settings))`. */
export function shownKey({
  AUTH_ENABLED,
  SERVICE_API_KEY = '',
}: Pick<ServiceSettings, 'AUTH_ENABLED' | 'SERVICE_API_KEY'>): { apiKey?: string } {
  const [apiKey] = listOf(SERVICE_API_KEY);
  return AUTH_ENABLED === '1' && apiKey !== undefined ? { apiKey } : {};
}

/** A client for Node, which has no WebSocket of its own before version 22. */
export function localClient(
  urls: ServiceUrls,
  options: { fetch?: Fetch; apiKey?: string; headers?: Record<string, string> } = {},
): ParleyClient {
  return createParleyClient({
    baseUrls: urls,
    openSocket: (url) => new WebSocket(url),
    ...options,
  });
}
