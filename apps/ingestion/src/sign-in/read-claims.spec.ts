import { readClaims, saysAll } from './read-claims';

const ann = { email: 'ann@example.org', email_verified: true };

describe('what a provider says of somebody', () => {
  it('may stand in the ID token alone', () => {
    const idToken = { ...ann, groups: ['staff'] };
    expect(saysAll(idToken, 'groups')).toBe(true);
    expect(readClaims(idToken, null, 'groups')).toEqual({
      email: 'ann@example.org',
      emailVerified: true,
      groups: ['staff'],
    });
  });

  it('is completed by userinfo', () => {
    const userInfo = { ...ann, groups: ['staff'] };
    expect(saysAll({}, 'groups')).toBe(false);
    expect(readClaims({}, userInfo, 'groups')).toMatchObject({
      emailVerified: true,
      groups: ['staff'],
    });
  });

  it('says whose member somebody is where it is Google, in the ID token alone', () => {
    const domainOf = (idToken: object) =>
      readClaims({ ...ann, ...idToken }, { hd: 'userinfo.example' }, 'groups').hostedDomain;
    const iss = 'https://accounts.google.com';
    expect(domainOf({ iss, hd: 'example.org' })).toBe('example.org');
    expect(domainOf({ iss })).toBeNull();
    expect(domainOf({ iss: 'https://id.example.com', hd: 'example.org' })).toBeUndefined();
  });

  it('takes an address, and whether it was verified, from one and the same place', () => {
    const other = { email: 'boss@example.org', email_verified: false };
    expect(readClaims({ email: 'ann@example.org' }, other, 'groups')).toMatchObject({
      email: 'boss@example.org',
      emailVerified: false,
    });
    expect(readClaims(ann, { email: 'boss@example.org' }, 'groups')).toMatchObject({
      email: 'ann@example.org',
      emailVerified: true,
    });
    expect(
      readClaims({ email: 'ann@example.org' }, { email_verified: true }, 'groups'),
    ).toMatchObject({ emailVerified: false });
  });

  it.each([
    ['realm_access.roles', { realm_access: { roles: ['a'] } }],
    ['https://example.com/groups', { 'https://example.com/groups': ['a', 1, null] }],
    ['groups', { groups: 'a' }],
  ])('tells groups at %s', (claim, idToken) => {
    expect(readClaims(idToken, null, claim).groups).toEqual(['a']);
  });

  it.each([{}, { groups: null }, { groups: { a: 1 } }, { groups: [[]] }])(
    'tells of no groups with %j',
    (idToken) => {
      expect(readClaims(idToken, null, 'groups').groups).toEqual([]);
      expect(readClaims(idToken, null, 'constructor.name').groups).toEqual([]);
    },
  );

  it.each([false, 1, 'yes', undefined])('is not verified when it says %j', (email_verified) => {
    expect(readClaims({ ...ann, email_verified }, null, 'groups').emailVerified).toBe(false);
  });
});
