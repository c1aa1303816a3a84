/** What an API key may be allowed; each by itself, none includes another. */
export const SCOPES = ['read', 'capture', 'propose', 'approve', 'admin'] as const;

export type Scope = (typeof SCOPES)[number];
