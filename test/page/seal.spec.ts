import { seal, unseal } from '../../apps/ui/src/server/seal';

const NOW = Date.parse('2026-11-30T12:00:00Z');

describe('what a cookie carries that nobody may read or make up', () => {
  const sealed = seal({ attempt: 'secret-words' }, 'sign-in', NOW + 1_000);
  const opened = (cookie: string | undefined, purpose = 'sign-in', nowMs = NOW) =>
    unseal<{ attempt: string }>(cookie, purpose, nowMs)?.attempt ?? null;

  it('opens for what it was sealed for, until its time is over', () => {
    expect(Buffer.from(sealed, 'base64url').toString('latin1')).not.toContain('secret-words');
    expect([opened(sealed), opened(sealed, 'sign-in', NOW + 1_000)]).toEqual([
      'secret-words',
      null,
    ]);
  });

  it('does not pass for a session, nor a session for it', () => {
    expect(opened(sealed, '')).toBeNull();
    expect(opened(seal({ attempt: 'x' }, '', NOW + 1_000))).toBeNull();
  });

  it.each([
    ['cut short', sealed.slice(0, -2)],
    ['changed', `${sealed.slice(0, -3)}AAA`],
    ['made up', 'made-up'],
    ['empty', ''],
    ['not there', undefined],
  ])('does not open %s', (_, cookie) => {
    expect(opened(cookie)).toBeNull();
  });
});
