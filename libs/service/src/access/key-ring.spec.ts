import { hash } from 'node:crypto';
import { newId, newKeySecret, type AnnouncedKey, type KeyId } from '@parley/contracts';
import { KeyRing } from './key-ring';

const NOW = Date.parse('2026-11-29T12:00:00Z');

function newKey(more: Partial<AnnouncedKey> = {}): { key: AnnouncedKey; secret: string } {
  const id = newId<KeyId>();
  const secret = newKeySecret(id);
  const about = { workspaceId: 'acme', name: 'Ann', scopes: ['read' as const], expiresAt: null };
  return { secret, key: { id, hash: hash('sha256', secret), ...about, ...more } };
}

describe('the ring of API keys', () => {
  let ring: KeyRing;
  const show = (secret: string, nowMs = NOW) =>
    ring.match(secret, hash('sha256', secret, 'buffer'), nowMs);
  beforeEach(() => {
    ring = new KeyRing();
  });

  it('takes no key before it was told any', () => {
    expect(show(newKey().secret)).toEqual({ kind: 'not-known-yet' });
    ring.replace([]);
    expect(show(newKey().secret)).toMatchObject({ kind: 'unknown' });
  });

  it('knows whose key is shown, for which workspace, and what it allows', () => {
    const { key, secret } = newKey();
    ring.replace([key, newKey().key]);
    expect(show(secret)).toEqual({
      kind: 'known',
      workspaceId: 'acme',
      caller: { id: `key:${key.id}`, kind: 'member', name: 'Ann', scopes: ['read'] },
    });
  });

  it('does not take another secret for the same id', () => {
    const { key } = newKey();
    ring.replace([key]);
    expect(show(newKeySecret(key.id as KeyId))).toEqual({ kind: 'wrong' });
  });

  it('leaves what has not the form of a key to others', () => {
    ring.replace([]);
    expect(show('the-first-of-two-keys')).toEqual({ kind: 'no-key' });
  });

  it('looks at the expiry when the key is used', () => {
    const { key, secret } = newKey({ expiresAt: new Date(NOW).toISOString() });
    ring.replace([key]);
    expect(show(secret, NOW - 1).kind).toBe('known');
    expect(show(secret, NOW).kind).toBe('expired');
  });

  it('forgets a revoked key at once, and an older answer does not bring it back', () => {
    const { key, secret } = newKey();
    ring.replace([key]);
    ring.revoke(key.id);
    expect(show(secret).kind).toBe('wrong');
    ring.replace([key]);
    expect(show(secret).kind).toBe('wrong');
  });

  it('remembers ten thousand revocations, and no more', () => {
    const { key, secret } = newKey();
    ring.revoke(key.id);
    for (let n = 0; n < 10_000; n += 1) ring.revoke(newId<KeyId>());
    ring.replace([]);
    expect(show(secret)).toEqual({ kind: 'unknown', keyId: key.id });
  });

  it('forgets what is no longer told', () => {
    const { key, secret } = newKey();
    ring.replace([key]);
    ring.replace([]);
    expect(show(secret).kind).toBe('unknown');
  });

  it('ends what a key opened when the key is revoked, and nothing else', () => {
    const [mine, other] = [newKey(), newKey()];
    ring.replace([mine.key, other.key]);
    const caller = (id: string) =>
      ({ id: `key:${id}`, kind: 'member', name: '', scopes: [] }) as const;
    const ended: string[] = [];
    const on = (id: string, name: string) => ring.onEnd(caller(id), () => ended.push(name));
    on(mine.key.id, 'feed');
    on(mine.key.id, 'closed before')();
    on(other.key.id, 'of another');
    ring.revoke(mine.key.id);
    expect(ended).toEqual(['feed']);
    on(mine.key.id, 'opened too late');
    expect(ended).toEqual(['feed', 'opened too late']);
    ring.replace([]);
    expect(ended).toEqual(['feed', 'opened too late', 'of another']);
  });
});
