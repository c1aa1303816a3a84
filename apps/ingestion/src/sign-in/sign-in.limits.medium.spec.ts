import { signInAtProvider } from '@parley/testing';
import { RunningSignIn } from '../testing/running-sign-in';

// Real: the service with auth and limits on, a certified OpenID provider.
describe('signing in again and again', () => {
  it('is limited, for the address that asks; who has begun finishes', async () => {
    const settings = { OIDC_ACCESS: '*=default:read', RATE_LIMIT_PER_MINUTE: '300' };
    const running = await RunningSignIn.start(settings);
    const answers = [];
    for (let attempt = 0; attempt < 121; attempt += 1) answers.push(await running.begin());
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused).toHaveLength(1);
    expect(Number(refused[0]?.headers.get('retry-after'))).toBeGreaterThan(0);
    const answer = await signInAtProvider(answers[0]?.body.url ?? '', 'ann');
    const finished = await running.complete(answers[0]?.body.attempt ?? '', answer);
    // To finish has a limit of its own.
    expect(finished.status).toBe(201);
    await running.close();
  });
});
