/** What a provider says of somebody, in the ID token or at userinfo. */
export type Claims = Readonly<Record<string, unknown>> & {
  readonly email?: unknown;
  readonly email_verified?: unknown;
  readonly hd?: unknown;
};

export interface ReadClaims {
  email: string | undefined;
  emailVerified: boolean;
  groups: string[];
  /** Null for nobody's; undefined where the provider hosts no organisations. */
  hostedDomain: string | null | undefined;
}

/** An address there may be of a domain that its holder left long ago: `hd` says whose member they are. */
const GOOGLE = 'https://accounts.google.com';

/** Whether the ID token alone says all that is asked of it. */
export function saysAll(claims: Claims, groupsClaim: string): boolean {
  return saysAddress(claims) && claimIn(claims, groupsClaim) !== undefined;
}

/** What the ID token says goes before what userinfo says; an address and whether it was verified come from one of them. */
export function readClaims(
  idToken: Claims,
  userInfo: Claims | null,
  groupsClaim: string,
): ReadClaims {
  const about = userInfo?.email !== undefined && !saysAddress(idToken) ? userInfo : idToken;
  const { email, email_verified: verified } = about;
  const { hd, iss } = idToken;
  const groups = claimIn(idToken, groupsClaim) ?? claimIn(userInfo ?? {}, groupsClaim);
  return {
    email: typeof email === 'string' ? email : undefined,
    emailVerified: verified === true || verified === 'true',
    groups: textsIn(groups),
    hostedDomain: iss === GOOGLE ? (typeof hd === 'string' ? hd : null) : undefined,
  };
}

function saysAddress(claims: Claims): boolean {
  return claims.email !== undefined && claims.email_verified !== undefined;
}

/** By its whole name, which may be an address with dots, else as a path. */
function claimIn(claims: Claims, name: string): unknown {
  if (Object.hasOwn(claims, name)) return claims[name];
  let value: unknown = claims;
  for (const part of name.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part))
      return undefined;
    value = (value as Claims)[part];
  }
  return value;
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}
