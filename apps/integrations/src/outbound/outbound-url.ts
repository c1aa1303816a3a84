import { ProblemError } from '@parley/contracts';

const DEFAULT_PORTS: Readonly<Record<string, string>> = { 'http:': '80', 'https:': '443' };

/**
 * Reads a URL that a user set: http or https, and no credentials in it (they would end up in logs).
 * @throws ProblemError `destination-refused`
 */
export function outboundUrl(text: string): URL {
  if (!URL.canParse(text)) throw refused('The destination is not a URL.');
  const url = new URL(text);
  if (!(url.protocol in DEFAULT_PORTS))
    throw refused('Only http and https destinations are taken.');
  if (url.username || url.password) throw refused('A destination must not carry credentials.');
  return url;
}

/** `host:port`, the port always said: the form that OUTBOUND_ALLOW_HOSTS uses. */
export function hostAndPort(url: URL): string {
  return `${url.hostname}:${url.port || (DEFAULT_PORTS[url.protocol] ?? '')}`;
}

/** Reads OUTBOUND_ALLOW_HOSTS; `[::1]:8080` is how an IPv6 address is written there. */
export function allowedHosts(list: string): ReadonlySet<string> {
  const entries = list.split(',').map((entry) => entry.trim().toLowerCase());
  return new Set(entries.filter((entry) => entry !== ''));
}

export function refused(detail: string): ProblemError {
  return new ProblemError('destination-refused', detail);
}
