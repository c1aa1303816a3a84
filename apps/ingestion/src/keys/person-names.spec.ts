import { couldBeAPerson, personName } from './person-names';

const about = { subject: '2482', issuer: 'https://id.example.com/realms/staff' };

describe('what somebody is called who signed in', () => {
  it('is their address, where the provider has verified it', () => {
    const ann = { ...about, email: 'Ann@Example.org', emailVerified: true };
    expect(personName(ann)).toBe('ann@example.org');
  });

  it.each([
    ['an address that was not verified', { email: 'ann@example.org', emailVerified: false }],
    ['no address', { emailVerified: true }],
    ['what is no address', { email: 'ann', emailVerified: true }],
    ['more than one', { email: 'ann@example.org bo@example.org', emailVerified: true }],
    ['signs that nobody sees', { email: 'ann\u200b@example.org', emailVerified: true }],
  ])('is the provider’s own name for them with %s', (_, more) => {
    expect(personName({ ...about, ...more })).toBe('subject 2482 @ id.example.com');
  });

  it('is never the address of somebody else, whatever the provider calls them', () => {
    const sly = { ...about, subject: 'ann', issuer: 'https://example.org', emailVerified: false };
    expect(personName(sly)).toBe('subject ann @ example.org');
    expect(personName({ ...about, subject: 'a\u202eb', emailVerified: false })).toBeNull();
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
