import type { IntegrationsSettings } from '../../integrations.settings';
import type { OAuthApp } from '../../oauth/oauth-app';

/** The operator's client at Google; undefined while there is none. */
export function googleApp(
  settings: IntegrationsSettings,
  scopes: readonly string[],
): OAuthApp | undefined {
  const { GOOGLE_CLIENT_ID: clientId, GOOGLE_CLIENT_SECRET: clientSecret } = settings;
  if (clientId === undefined || clientSecret === undefined) return undefined;
  return {
    authorizeUrl: settings.GOOGLE_AUTHORIZE_URL,
    tokenUrl: new URL('token', settings.GOOGLE_OAUTH_URL).href,
    revoke: { url: new URL('revoke', settings.GOOGLE_OAUTH_URL).href, token: 'refresh' },
    clientId,
    clientSecret,
    scopes,
    // Without these a refresh token comes with the first consent only.
    parameters: { access_type: 'offline', prompt: 'consent' },
  };
}
