import { RunningSignIn, type Problem } from '../testing/running-sign-in';

const DISCOVERY = '/.well-known/openid-configuration';
const typeOf = ({ type }: Problem): string => type.replace('https://parley.dev/problems/', '');

// Real: the service over HTTP with auth on, PostgreSQL (embedded), a certified OpenID provider that fails when told to.
describe('signing in while the provider is in trouble', () => {
  let running: RunningSignIn;
  beforeAll(async () => {
    running = await RunningSignIn.start({ OIDC_ACCESS: 'staff=default:read' });
    await running.provider.knows({
      ann: { email: 'ann@example.org', email_verified: true, groups: ['staff'] },
    });
  });
  afterEach(() => running.provider.breaks(null));
  afterAll(() => running.close());

  it('is not possible, and said so; keys open what they open, and nobody has to start anything again', async () => {
    // Asked for only when somebody signs in: a start needs no provider.
    expect((await running.provider.asked())[DISCOVERY]).toBeUndefined();
    await running.provider.breaks({ path: DISCOVERY, kind: 'fails' });
    const { status, body, headers } = await running.begin<Problem>();
    expect([status, typeOf(body)]).toEqual([503, 'unavailable']);
    expect(headers.get('retry-after')).toBe('5');
    expect((await running.access.ask('GET', '/v1/whoami')).status).toBe(200);
    await running.provider.breaks(null);
    expect((await running.begin()).status).toBe(201);
  });

  it('asks what the provider says of itself once, however many sign in', async () => {
    const before = (await running.provider.asked())[DISCOVERY];
    for (let person = 0; person < 3; person += 1) {
      expect((await running.signIn('ann')).status).toBe(201);
    }
    expect((await running.provider.asked())[DISCOVERY]).toBe(before);
  });

  it('is refused with an answer of four megabytes', async () => {
    await running.provider.breaks({ path: '/token', kind: 'huge' });
    const { status, body } = await running.signIn<Problem>('ann');
    expect([status, typeOf(body)]).toEqual([503, 'unavailable']);
  });

  it('ends in time when the provider takes the code and says nothing', async () => {
    await running.provider.breaks({ path: '/token', kind: 'silent' });
    const { status, body } = await running.signIn<Problem>('ann');
    expect([status, typeOf(body)]).toEqual([503, 'unavailable']);
  });
});
