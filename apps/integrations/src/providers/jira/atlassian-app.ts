import type { IntegrationsSettings } from '../../integrations.settings';
import type { OAuthApp } from '../../oauth/oauth-app';

export type AtlassianSettings = Pick<
  IntegrationsSettings,
  'ATLASSIAN_API_URL' | 'ATLASSIAN_CLIENT_ID' | 'ATLASSIAN_CLIENT_SECRET' | 'ATLASSIAN_OAUTH_URL'
>;

/** To make issues and find them again; `offline_access` is what gives a refresh token. */
const SCOPES = ['read:jira-work', 'write:jira-work', 'offline_access'];

/** The operator's 3LO app (developer.atlassian.com/cloud/jira/platform/oauth-2-3lo-apps); undefined while there is none. */
export function atlassianApp(settings: AtlassianSettings): OAuthApp | undefined {
  const { ATLASSIAN_CLIENT_ID: clientId, ATLASSIAN_CLIENT_SECRET: clientSecret } = settings;
  if (clientId === undefined || clientSecret === undefined) return undefined;
  return {
    authorizeUrl: new URL('authorize', settings.ATLASSIAN_OAUTH_URL).href,
    tokenUrl: new URL('oauth/token', settings.ATLASSIAN_OAUTH_URL).href,
    // Nothing but a page of Atlassian's takes a consent back.
    clientId,
    clientSecret,
    scopes: SCOPES,
    speaks: 'json',
    parameters: { audience: 'api.atlassian.com', prompt: 'consent' },
  };
}
