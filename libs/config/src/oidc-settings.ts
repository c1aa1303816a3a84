import { z } from 'zod';
import { isOrigin, listOf } from './access-settings';
import { readOidcAccess } from './oidc-access';

const services = ['ingestion'];

/** What is set only where people sign in through a provider … */
export const OIDC_OWN = [
  'OIDC_ISSUER',
  'OIDC_CLIENT_ID',
  'OIDC_CLIENT_SECRET',
  'OIDC_ACCESS',
] as const;
/** … and what must be then. */
export const OIDC_NEEDED = ['OIDC_ISSUER', 'OIDC_CLIENT_ID', 'OIDC_ACCESS', 'PAGE_ORIGIN'] as const;

/** Signing in at the page through an OpenID provider. */
export const oidcSettings = {
  PAGE_ORIGIN: z
    .string()
    .refine(isOrigin, 'expected an origin such as https://parley.example.com')
    .optional()
    .meta({
      description:
        'Where browsers find the page; people come back to its /sign-in/openid/callback from the identity provider. ' +
        'npm start takes http://localhost:<PAGE_PORT>.',
      derived: true,
      services,
    }),
  OIDC_ISSUER: z
    .string()
    .refine(isIssuer, 'expected an address with https, or with http on loopback')
    .optional()
    .meta({
      description:
        'The issuer of an OpenID provider through which people may sign in at the page, as its discovery document says it. ' +
        'Needs AUTH_ENABLED. Unset: with a key only.',
      services,
    }),
  OIDC_CLIENT_ID: z
    .string()
    .min(1)
    .max(255)
    .optional()
    .meta({ description: 'What the provider calls Parley.', services }),
  OIDC_CLIENT_SECRET: z.string().min(1).optional().meta({
    secret: true,
    description: 'Its secret there. Unset: a public client. PKCE is used either way.',
    services,
  }),
  OIDC_NAME: z
    .string()
    .min(1)
    .max(40)
    .default('SSO')
    .meta({ description: 'What the button says after “Sign in with”.', services }),
  OIDC_SCOPES: z
    .string()
    .regex(/^[\x21-\x7e]+$/)
    .refine((text) => listOf(text).includes('openid'), 'expected openid among them')
    .default('openid,profile,email')
    .meta({
      description:
        'What is asked of the provider, comma-separated; some want another scope for groups.',
      services,
    }),
  OIDC_GROUPS_CLAIM: z.string().min(1).max(255).default('groups').meta({
    description:
      'The claim that holds a person’s groups, e.g. `realm_access.roles`; looked for in the ID token, then in userinfo.',
    services,
  }),
  OIDC_ACCESS: z
    .string()
    .transform((text, context) => {
      const rules = readOidcAccess(text);
      if (rules) return rules;
      context.addIssue({
        code: 'custom',
        message: 'expected group=workspace:scope+scope, several parted by semicolons',
      });
      return z.NEVER;
    })
    .optional()
    .meta({
      description:
        'Who may do what: `group=workspace:scope+scope`, several parted by `;`, e.g. ' +
        '`staff=default:read+capture+approve; admins=default:admin`. The first group that somebody is in says the workspace, ' +
        'their others add scopes in it; `*` is everybody. Whom no rule names is not let in.',
      services,
    }),
};

function isIssuer(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, search, hash, username } = new URL(text);
  const isLocal = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(hostname);
  const isPlain = search === '' && hash === '' && username === '';
  return isPlain && (protocol === 'https:' || (protocol === 'http:' && isLocal));
}
