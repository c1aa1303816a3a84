import type { OidcAccess } from '@parley/config';
import { accessOf } from './access-of';

const rule = (group: string, workspaceId: string, ...scopes: OidcAccess['scopes']): OidcAccess => ({
  ...{ group, workspaceId, scopes },
});
const person = (groups: string[], email: string | null = null) => ({ groups, email });

describe('what the rules open to somebody', () => {
  const rules = [
    rule('staff', 'acme', 'approve', 'read'),
    rule('admins', 'acme', 'admin'),
    rule('guests', 'lobby', 'read'),
    rule('email:@example.org', 'lobby', 'capture'),
    rule('email:Boss@Example.org', 'lobby', 'admin'),
  ];

  it('is the workspace of the first that is about them, with all scopes that theirs give there', () => {
    expect(accessOf(rules, person(['admins', 'guests', 'staff']))).toEqual({
      workspaceId: 'acme',
      scopes: ['read', 'approve', 'admin'],
    });
    expect(accessOf(rules, person(['guests']))).toEqual({ workspaceId: 'lobby', scopes: ['read'] });
  });

  it('is nothing when none is about them', () => {
    expect(accessOf(rules, person(['Staff', 'other']))).toBeNull();
    expect(accessOf([], person(['staff']))).toBeNull();
  });

  it('may go by a verified address, or its domain', () => {
    expect(accessOf(rules, person([], 'Ann@Example.org'))?.scopes).toEqual(['capture']);
    expect(accessOf(rules, person([], 'boss@example.org'))?.scopes).toEqual(['capture', 'admin']);
    expect(accessOf(rules, person([], 'ann@sub.example.org'))).toBeNull();
    expect(accessOf(rules, person([], '"ann@example.org"@evil.example'))).toBeNull();
  });

  it('may go by the domain alone of whom the provider says to belong to it, where it hosts many', () => {
    const of = (hostedDomain: string | null) =>
      accessOf(rules, { ...person([], 'ann@example.org'), hostedDomain })?.scopes;
    expect([of('Example.org'), of('other.example'), of(null)]).toEqual([
      ['capture'],
      undefined,
      undefined,
    ]);
    const boss = { ...person([], 'boss@example.org'), hostedDomain: null };
    expect(accessOf(rules, boss)?.scopes).toEqual(['admin']);
  });

  it('does not go by a group that is called like an address or like everybody', () => {
    expect(accessOf(rules, person(['email:boss@example.org', 'email:@example.org']))).toBeNull();
    const open = [rule('*', 'lobby', 'read')];
    expect(accessOf(open, person([]))).toEqual({ workspaceId: 'lobby', scopes: ['read'] });
  });
});
