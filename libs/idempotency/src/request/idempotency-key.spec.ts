import { readKey, slotOf, type KeyScope } from './idempotency-key';

describe('an idempotency key', () => {
  it.each(['a', '0190c2f4-7c1e-7000-8000-000000000000', '"quoted"', '!~', 'k'.repeat(255)])(
    'may be %s',
    (key) => {
      expect(readKey(key)).toBe(key);
    },
  );

  it.each([
    ['empty', ''],
    ['too long', 'k'.repeat(256)],
    ['with a space', 'a b'],
    ['sent twice', 'a, b'],
    ['beyond ASCII', 'clé'],
    ['with a control character', 'a\tb'],
  ])('is refused when it is %s', (_what, key) => {
    expect(() => readKey(key)).toThrow(/^validation-failed: /);
  });

  const scope: KeyScope = {
    workspaceId: 'default',
    callerId: 'key:1',
    method: 'POST',
    route: '/v1/suggestions/:id/approve',
    params: { id: '1' },
    key: 'secret-key',
  };

  it.each<Partial<KeyScope>>([
    { workspaceId: 'other' },
    { callerId: 'key:2' },
    { method: 'PUT' },
    { route: '/v1/suggestions/:id/reject' },
    { params: { id: '2' } },
    { key: 'other' },
  ])('is another one with another %p', (change) => {
    expect(slotOf({ ...scope, ...change })).not.toBe(slotOf(scope));
    expect(slotOf({ ...scope })).toBe(slotOf(scope));
  });

  it('cannot be read from the name it is kept under', () => {
    expect(slotOf(scope)).toMatch(/^[\w-]{43}$/);
  });
});
