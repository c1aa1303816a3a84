import type { SignInKeys } from '../keys/sign-in-keys.service';
import { MemoryTicketStore } from '../tickets/memory-ticket.store';
import type { Challenge, OpenIdProvider } from './open-id-provider';
import { SignInService } from './sign-in.service';

const TEN_MINUTES_MS = 600_000;
const ANSWER = '?code=of-the-provider&state=the-state';

const provider = {
  newChallenge: (): Challenge => ({ state: 'the-state', nonce: 'n', verifier: 'v' }),
  address: () => Promise.resolve('https://id.example.com/auth'),
  vouch: () =>
    Promise.resolve({
      ...{ subject: '1', email: 'ann@example.org', emailVerified: true, groups: [] },
    }),
} as unknown as OpenIdProvider;

const keys = {
  issue: () => Promise.resolve({ secret: 'a key', expiresAt: new Date(0) }),
} as unknown as SignInKeys;

const settings = {
  PAGE_ORIGIN: 'https://parley.example.com',
  OIDC_ISSUER: 'https://id.example.com',
  OIDC_NAME: 'Example ID',
  OIDC_ACCESS: [{ group: '*', workspaceId: 'default', scopes: ['read' as const] }],
};

// Fake: the provider, the keys, and the clock of what waits to be finished.
describe('an attempt to sign in', () => {
  let nowMs = 0;
  const service = new SignInService(
    settings,
    provider,
    new MemoryTicketStore<Challenge>(() => nowMs),
    keys,
  );

  it('can be finished within ten minutes', async () => {
    const { attempt } = await service.begin();
    nowMs += TEN_MINUTES_MS - 1;
    expect(await service.complete({ attempt, answer: ANSWER })).toMatchObject({ secret: 'a key' });
  });

  it('is used by whatever ends it, be it an answer to another', async () => {
    const { attempt } = await service.begin();
    const other = '?code=of-the-provider&state=of-another';
    for (const answer of [other, ANSWER]) {
      await expect(service.complete({ attempt, answer })).rejects.toMatchObject({
        code: 'sign-in-over',
      });
    }
  });

  it('is over then', async () => {
    const { attempt } = await service.begin();
    nowMs += TEN_MINUTES_MS;
    await expect(service.complete({ attempt, answer: ANSWER })).rejects.toMatchObject({
      code: 'sign-in-over',
    });
  });
});
