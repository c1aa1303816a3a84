import type { OidcAccess } from '@parley/config';
import { SCOPES, type Scope } from '@parley/contracts';

/** For whoever the provider signs in. */
const EVERYBODY = '*';
/** Before a verified address, or an `@` and its domain. */
const ADDRESS = 'email:';

/** What is known of somebody that a rule may ask for. */
export interface KnownPerson {
  groups: readonly string[];
  /** Their address, if the provider has verified it. */
  email: string | null;
  /** The organisation that the provider says they belong to, where it hosts many; undefined: whose their address is. */
  hostedDomain?: string | null | undefined;
}

/**
 * What the rules open to somebody: the first that is about them says the workspace, and the others add scopes in it.
 * @returns null when none is about them.
 */
export function accessOf(
  rules: readonly OidcAccess[],
  person: KnownPerson,
): { workspaceId: string; scopes: Scope[] } | null {
  const about = namesOf(person);
  const theirs = rules.filter(({ group }) => about.has(nameOf(group)));
  const workspaceId = theirs[0]?.workspaceId;
  if (workspaceId === undefined) return null;
  const given = new Set(
    theirs.flatMap((rule) => (rule.workspaceId === workspaceId ? rule.scopes : [])),
  );
  return { workspaceId, scopes: SCOPES.filter((scope) => given.has(scope)) };
}

/** Addresses are the same in capitals; groups are not. */
function nameOf(group: string): string {
  return group.startsWith(ADDRESS) ? group.toLowerCase() : group;
}

/** A group that is called like what is ours to say counts for nothing. */
function namesOf({ groups, email, hostedDomain }: KnownPerson): Set<string> {
  const names = groups.filter((group) => group !== EVERYBODY && !group.startsWith(ADDRESS));
  const about = new Set([EVERYBODY, ...names]);
  const address = email?.toLowerCase();
  if (address === undefined) return about;
  about.add(ADDRESS + address);
  const domain = address.slice(address.lastIndexOf('@') + 1);
  const isOfDomain = hostedDomain === undefined || hostedDomain?.toLowerCase() === domain;
  return isOfDomain ? about.add(`${ADDRESS}@${domain}`) : about;
}
