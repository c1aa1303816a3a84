import type { IntegrationsSettings } from '../../integrations.settings';
import type { OAuthApp } from '../../oauth/oauth-app';

/** The operator's public integration at Notion (developers.notion.com/guides/get-started/authorization); undefined while there is none. */
export function notionApp(
  settings: Pick<
    IntegrationsSettings,
    'NOTION_API_URL' | 'NOTION_CLIENT_ID' | 'NOTION_CLIENT_SECRET'
  >,
): OAuthApp | undefined {
  const { NOTION_CLIENT_ID: clientId, NOTION_CLIENT_SECRET: clientSecret } = settings;
  if (clientId === undefined || clientSecret === undefined) return undefined;
  const at = (path: string): string => new URL(`v1/oauth/${path}`, settings.NOTION_API_URL).href;
  return {
    authorizeUrl: at('authorize'),
    tokenUrl: at('token'),
    revoke: { url: at('revoke'), token: 'access' },
    clientId,
    clientSecret,
    // What it may do is chosen at Notion, for the integration; which pages, by the person who consents.
    scopes: [],
    speaks: 'json-basic',
    parameters: { owner: 'user' },
  };
}
