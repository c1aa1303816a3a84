/** What Parley is to an authorization server (RFC 6749): one client of the operator's, for all workspaces. */
export interface OAuthApp {
  /** The page on which a person consents. */
  authorizeUrl: string;
  tokenUrl: string;
  /** RFC 7009; left out where there is no way but a page of the provider's. */
  revoke?: { url: string; token: 'refresh' | 'access' };
  clientId: string;
  clientSecret: string;
  scopes: readonly string[];
  /** How the token endpoint is spoken to. Default: a form that holds the client's secret (RFC 6749, section 2.3.1). */
  speaks?: 'form' | 'json' | 'json-basic';
  /** What this server wants to be asked besides the standard. */
  parameters: Readonly<Record<string, string>>;
}

/** The access that a person consented to, for the length of a call. */
export interface OAuthAccess {
  /**
   * An access token that should be valid now; asks for another when the last has run out.
   * @throws ProviderFailure nothing was sent
   */
  token(signal: AbortSignal): Promise<string>;
  /** The provider refused the token: the next call asks for another. */
  forget(): Promise<void>;
}
