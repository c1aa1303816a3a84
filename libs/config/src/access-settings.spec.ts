import { loadSettings } from './load-settings';
import { serviceSettings } from './service-settings';

const load = (env: Record<string, string>) =>
  loadSettings(serviceSettings, { env, secretsDir: '/nonexistent' });

describe('the settings of access', () => {
  it('let nobody’s pages in, ask for no key and trust no proxy by default', () => {
    expect(load({})).toMatchObject({
      AUTH_ENABLED: '0',
      CORS_ALLOW_ORIGINS: '',
      TRUST_PROXY: '',
      REQUEST_TIMEOUT_SECONDS: 15,
    });
  });

  it('need a key where auth is on, which is told together with what else is wrong', () => {
    expect(() => load({ AUTH_ENABLED: '1', LOG_LEVEL: 'loud' })).toThrow(
      /LOG_LEVEL[^]*AUTH_ENABLED is 1, which needs SERVICE_API_KEY/,
    );
  });

  it.each([
    ['SERVICE_API_KEY', 'short-of-sixteen'.slice(1)],
    ['SERVICE_API_KEY', 'a-key-that-is-long-enough,short'],
    ['SERVICE_API_KEY', 'a key with spaces in it'],
    ['CORS_ALLOW_ORIGINS', '*'],
    ['CORS_ALLOW_ORIGINS', 'https://app.example.com/'],
    ['CORS_ALLOW_ORIGINS', 'app.example.com'],
    ['CORS_ALLOW_ORIGINS', 'https://a.example,ftp://b.example'],
    ['TRUST_PROXY', 'everybody'],
    ['TRUST_PROXY', '10.0.0.0/33'],
    ['AUTH_ENABLED', 'yes'],
  ])('refuse %s=%s without repeating it', (name, value) => {
    expect(() => load({ [name]: value })).toThrow(name);
    expect(() => load({ [name]: value })).not.toThrow(value);
  });

  it.each([
    ['SERVICE_API_KEY', 'exactly-sixteen!, and-another-key-of-ours'.replace(', ', ',')],
    ['CORS_ALLOW_ORIGINS', 'https://app.example.com, http://localhost:3000'],
    ['TRUST_PROXY', '2'],
    ['TRUST_PROXY', 'loopback, 10.0.0.0/8, fd00::/8'],
  ])('take %s=%s', (name, value) => {
    expect(load({ [name]: value })).toMatchObject({ [name]: value });
  });
});
