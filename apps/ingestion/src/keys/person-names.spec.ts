import { couldBeAPerson, subjectName, verifiedAddress } from './person-names';

describe('what somebody is called who signed in', () => {
  it('is their address, where the provider has verified it', () => {
    expect(verifiedAddress({ email: 'Ann@Example.org', emailVerified: true })).toBe(
      'ann@example.org',
    );
  });

  it.each([
    ['that was not verified', { email: 'ann@example.org', emailVerified: false }],
    ['that is not there', { email: undefined, emailVerified: true }],
    ['that is none', { email: 'ann', emailVerified: true }],
    ['that is more than one', { email: 'ann@example.org bo@example.org', emailVerified: true }],
    ['in lower case alone', { email: 'an\u212a@example.org', emailVerified: true }],
    ['of another script', { email: 'аnn@example.org', emailVerified: true }],
    ['that has signs nobody sees', { email: 'ann\u200b@example.org', emailVerified: true }],
  ])('is no address %s', (_, person) => {
    expect(verifiedAddress(person)).toBeNull();
  });

  it('is then the provider’s own name for them, which is nobody’s address', () => {
    const name = subjectName('ann', 'https://example.org/realms/staff') ?? '';
    expect(name).toBe('subject ann @ example.org/realms/staff');
    expect(verifiedAddress({ email: name, emailVerified: true })).toBeNull();
  });

  it('can be read', () => {
    expect(subjectName('a\u202eb', 'https://example.org')).toBeNull();
  });
});

describe('a key that somebody makes', () => {
  it.each([
    'ann@example.org',
    'subject 2482 @ id.example.com',
    'ann＠example.org',
    'ann﹫example.org',
  ])('would pass for a person as %s', (name) => {
    expect(couldBeAPerson(name)).toBe(true);
  });

  it.each(['Ann', 'Notes on the wall', 'subject 2482', 'ann at example.org'])(
    'is free to be called %s',
    (name) => {
      expect(couldBeAPerson(name)).toBe(false);
    },
  );
});
