import { lookup } from 'node:dns/promises';
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { isIP } from 'node:net';
import { Inject, Injectable } from '@nestjs/common';
import { SETTINGS } from '@parley/config';
import type { ProblemError } from '@parley/contracts';
import type { IntegrationsSettings } from '../integrations.settings';
import { filteringAgent } from './filtering-agent';
import { allowedHosts, hostAndPort, outboundUrl, refused } from './outbound-url';
import { isPrivateAddress } from './private-address';

/** Decides where a URL that a user set may lead. */
@Injectable()
export class DestinationGuard {
  private readonly allowed: ReadonlySet<string>;

  constructor(@Inject(SETTINGS) settings: Pick<IntegrationsSettings, 'OUTBOUND_ALLOW_HOSTS'>) {
    this.allowed = allowedHosts(settings.OUTBOUND_ALLOW_HOSTS);
  }

  /**
   * For the moment of saving: says no early and in words. The call is guarded by {@link agentFor}.
   * @throws ProblemError `destination-refused`
   */
  async admit(text: string): Promise<void> {
    const url = outboundUrl(text);
    if (this.allowed.has(hostAndPort(url))) return;
    const addresses = await this.resolve(url.hostname.replace(/^\[|\]$/g, ''));
    if (addresses.some(isPrivateAddress)) {
      throw privateAddress();
    }
  }

  /**
   * For what does not speak HTTP: the address to connect to, looked up once so that no second answer counts.
   * @throws ProblemError `destination-refused`
   */
  async addressOf(host: string, port: number): Promise<string> {
    const addresses = await this.resolve(host);
    const isAllowed = this.allowed.has(`${host.toLowerCase()}:${port}`);
    if (!isAllowed && addresses.some(isPrivateAddress)) throw privateAddress();
    return addresses[0] ?? host;
  }

  /** The agent that a call to `url` must use: it filters unless the operator named the host. */
  agentFor(url: URL): HttpAgent {
    if (!this.allowed.has(hostAndPort(url))) return filteringAgent(url.protocol);
    return url.protocol === 'https:'
      ? new HttpsAgent({ keepAlive: false })
      : new HttpAgent({ keepAlive: false });
  }

  /** A name that nobody knows now may be known later; the call itself is checked again. */
  private async resolve(host: string): Promise<string[]> {
    if (isIP(host) !== 0) return [host];
    try {
      return (await lookup(host, { all: true })).map(({ address }) => address);
    } catch {
      return [];
    }
  }
}

function privateAddress(): ProblemError {
  return refused('The destination is a private address, which OUTBOUND_ALLOW_HOSTS does not name.');
}
