import { RunningSignIn, type Problem } from '../testing/running-sign-in';

// Real: the service over HTTP with auth on, PostgreSQL (embedded), a certified OpenID provider.
describe('signing in with a secret that the provider does not know', () => {
  it('is refused, and says where to look', async () => {
    const settings = { OIDC_ACCESS: '*=default:read', OIDC_CLIENT_SECRET: 'another secret' };
    const running = await RunningSignIn.start(settings);
    const { status, body } = await running.signIn<Problem>('ann');
    await running.close();
    expect([status, body.type]).toEqual([502, 'https://parley.dev/problems/sign-in-failed']);
    expect(body.detail).toContain('OIDC_CLIENT_ID');
  });
});
