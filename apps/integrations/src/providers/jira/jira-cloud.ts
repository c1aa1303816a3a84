import { Inject, Injectable } from '@nestjs/common';
import { SETTINGS } from '@parley/config';
import { nothingSent, ProviderFailure, refusal } from '../provider-failure';
import { callRest, type RestApi } from '../rest/rest-call';
import type { AtlassianSettings } from './atlassian-app';

/** Then all are forgotten, and asked for again. */
const MOST_KNOWN = 1_000;

/** Finds a site behind Atlassian's gateway, which knows it by an id and not by its address. */
@Injectable()
export class JiraCloud {
  /** By connection and address; an id is a site's for good. */
  private readonly known = new Map<string, string>();

  constructor(@Inject(SETTINGS) private readonly settings: AtlassianSettings) {}

  /** @param api with the access that the person consented to. @throws ProviderFailure when it does not cover the site */
  async baseOf(api: RestApi, connectionId: string, site: string): Promise<string> {
    const key = JSON.stringify([connectionId, site]);
    let id = this.known.get(key);
    if (id === undefined) {
      id = await this.ask(api, site);
      if (this.known.size >= MOST_KNOWN) this.known.clear();
      this.known.set(key, id);
    }
    return new URL(`ex/jira/${encodeURIComponent(id)}/`, this.settings.ATLASSIAN_API_URL).href;
  }

  private async ask(api: RestApi, site: string): Promise<string> {
    const url = new URL('oauth/token/accessible-resources', this.settings.ATLASSIAN_API_URL).href;
    try {
      const found: unknown = await callRest(api, { method: 'GET', url });
      const sites = Array.isArray(found) ? (found as { id?: unknown; url?: unknown }[]) : [];
      const wanted = new URL(site).origin;
      const match = sites.find((each) => originOf(each.url) === wanted);
      if (typeof match?.id === 'string') return match.id;
    } catch (error) {
      if (!(error instanceof ProviderFailure)) throw error;
      throw nothingSent(error);
    }
    throw refusal('Jira: the consent does not cover this site; connect again');
  }
}

function originOf(url: unknown): string | null {
  return typeof url === 'string' && URL.canParse(url) ? new URL(url).origin : null;
}
