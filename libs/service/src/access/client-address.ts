import type { IncomingMessage } from 'node:http';

/** Says of an address, and its distance from us in hops, whether it is a proxy of ours. */
export type ProxyTrust = (address: string, hop: number) => boolean;

const MOST_HOPS = 20;

/**
 * Where a request comes from: the other end of the connection, or, behind trusted proxies, the last address in
 * X-Forwarded-For that none of them vouches for.
 */
export function clientAddress(request: IncomingMessage, trust: ProxyTrust | null): string {
  const peer = plain(request.socket.remoteAddress ?? 'unknown');
  if (!trust) return peer;
  const forwarded = request.headers['x-forwarded-for'];
  const hops = (Array.isArray(forwarded) ? forwarded.join(',') : (forwarded ?? '')).split(',');
  let address = peer;
  for (let hop = 0; hop < MOST_HOPS && trust(address, hop); hop++) {
    const before = hops.pop()?.trim();
    if (before === undefined || !/^[0-9A-Fa-f.:]{2,45}$/.test(before)) break;
    address = plain(before);
  }
  return address;
}

/** IPv4 as IPv4, however the socket writes it. */
function plain(address: string): string {
  return address.startsWith('::ffff:') ? address.slice(7) : address;
}
