import { loadSettings } from './load-settings';
import { serviceSettings } from './service-settings';

const WHOLE = {
  AUTH_ENABLED: '1',
  SERVICE_API_KEY: 'a-key-of-the-operator',
  PAGE_ORIGIN: 'https://parley.example.com',
  OIDC_ISSUER: 'https://id.example.com/realms/staff',
  OIDC_CLIENT_ID: 'parley',
  OIDC_ACCESS: 'staff=default:read',
};

const load = (env: Record<string, string>) =>
  loadSettings(serviceSettings, { env, secretsDir: '/nonexistent' });

describe('the settings of signing in through a provider', () => {
  it('are not there by default', () => {
    const settings = load({});
    expect(settings.OIDC_ISSUER).toBeUndefined();
    expect(settings.OIDC_ACCESS).toBeUndefined();
  });

  it('are read together; a secret, scopes and the claim of groups may stay away', () => {
    expect(load(WHOLE)).toMatchObject({
      OIDC_ISSUER: 'https://id.example.com/realms/staff',
      OIDC_NAME: 'SSO',
      OIDC_SCOPES: 'openid,profile,email',
      OIDC_GROUPS_CLAIM: 'groups',
      OIDC_ACCESS: [{ group: 'staff', workspaceId: 'default', scopes: ['read'] }],
    });
  });

  it('are refused in part, and everything that is missing is named at once, without a value', () => {
    const problem = (): unknown =>
      load({ OIDC_CLIENT_SECRET: 'hush-hush', OIDC_CLIENT_ID: 'parley' });
    expect(problem).toThrow(
      'OIDC_CLIENT_ID, OIDC_CLIENT_SECRET are set, which needs AUTH_ENABLED=1, OIDC_ISSUER, OIDC_ACCESS, PAGE_ORIGIN',
    );
    expect(problem).not.toThrow('hush-hush');
  });

  it.each(['OIDC_ISSUER', 'OIDC_CLIENT_ID', 'OIDC_ACCESS', 'PAGE_ORIGIN'])(
    'are refused without %s',
    (name) => {
      expect(() => load({ ...WHOLE, [name]: '' })).toThrow(`which needs ${name}`);
    },
  );

  it('are refused where nobody is asked for a key', () => {
    expect(() => load({ ...WHOLE, AUTH_ENABLED: '0' })).toThrow('which needs AUTH_ENABLED=1');
  });

  it.each([
    ['OIDC_ISSUER', 'http://id.example.com'],
    ['OIDC_ISSUER', 'https://id.example.com/?tenant=1'],
    ['OIDC_ISSUER', 'id.example.com'],
    ['OIDC_SCOPES', 'email,profile'],
    ['PAGE_ORIGIN', 'https://parley.example.com/'],
    ['PAGE_ORIGIN', 'parley.example.com'],
    ['OIDC_ACCESS', ';'],
    ['OIDC_ACCESS', 'staff'],
    ['OIDC_ACCESS', 'staff=default'],
    ['OIDC_ACCESS', 'staff=default:everything'],
    ['OIDC_ACCESS', '=default:read'],
    ['OIDC_ACCESS', 'staff=default:read;guests'],
    ['OIDC_ACCESS', 'staff=a b:read'],
  ])('refuse %s=%s without repeating it', (name, value) => {
    expect(() => load({ ...WHOLE, [name]: value })).toThrow(name);
    expect(() => load({ ...WHOLE, [name]: value })).not.toThrow(`: ${value}`);
  });

  it('take an issuer without TLS on this machine only', () => {
    const OIDC_ISSUER = 'http://localhost:8080/realms/staff';
    expect(load({ ...WHOLE, OIDC_ISSUER }).OIDC_ISSUER).toBe(OIDC_ISSUER);
  });

  it('take groups whose names hold the signs that part a rule', () => {
    const OIDC_ACCESS = '/a=b:c=acme:approve+read;cn=Staff, ou=All=default:admin ; *=default:read;';
    expect(load({ ...WHOLE, OIDC_ACCESS }).OIDC_ACCESS).toEqual([
      { group: '/a=b:c', workspaceId: 'acme', scopes: ['read', 'approve'] },
      { group: 'cn=Staff, ou=All', workspaceId: 'default', scopes: ['admin'] },
      { group: '*', workspaceId: 'default', scopes: ['read'] },
    ]);
  });
});
