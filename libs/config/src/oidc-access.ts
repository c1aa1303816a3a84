import { SCOPES, type Scope } from '@parley/contracts';

/** What the people of one group of the identity provider may do, and where. */
export interface OidcAccess {
  /** `*` for whoever the provider signs in. */
  group: string;
  workspaceId: string;
  scopes: readonly Scope[];
}

/** Read from its end: the name of a group may hold `=` and `:` itself. */
const RULE = /^(.+)=([A-Za-z0-9_-]{1,64}):([a-z]+(?:\+[a-z]+)*)$/;

/** @returns null when the text is no list of rules `group=workspace:scope+scope`, parted by `;`. */
export function readOidcAccess(text: string): OidcAccess[] | null {
  const parts = text
    .split(';')
    .map((part) => part.trim())
    .filter((part) => part !== '');
  const rules = parts.map(readRule);
  return rules.length > 0 && rules.every((rule) => rule !== null) ? rules : null;
}

function readRule(text: string): OidcAccess | null {
  const [, group, workspaceId, names] = RULE.exec(text) ?? [];
  if (group === undefined || workspaceId === undefined || names === undefined) return null;
  const wanted = new Set(names.split('+'));
  const scopes = SCOPES.filter((scope) => wanted.has(scope));
  return scopes.length === wanted.size ? { group: group.trim(), workspaceId, scopes } : null;
}
