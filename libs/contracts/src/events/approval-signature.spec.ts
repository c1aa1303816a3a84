import { canonicalJson, signApproval, verifyApproval } from './approval-signature';
import type { ActionApproved } from './suggestion.events';

const KEY = 'k'.repeat(32);
const now = new Date('2026-11-22T10:00:00Z');
const action = {
  actionId: 'a-1',
  suggestionId: 's-1',
  connectionId: 'c-1',
  provider: 'webhook',
  tool: 'webhook.send',
  arguments: { title: 'Send the report', owner: 'Emma' },
  citations: [{ type: 'segment' as const, id: 'm:main:1', quote: 'I will send the report' }],
};
const decision = {
  decidedBy: 'operator',
  decidedAt: '2026-11-22T09:59:00Z',
  expiresAt: '2026-11-22T11:00:00Z',
};
const approved = (): ActionApproved => ({
  ...action,
  approval: signApproval(action, decision, KEY),
});

describe('an approval', () => {
  it('holds for exactly what was approved', () => {
    expect(verifyApproval(approved(), KEY, now)).toEqual({ ok: true });
  });

  it('holds whatever the order in which JSON gives the arguments back', () => {
    const reordered = { ...approved(), arguments: { owner: 'Emma', title: 'Send the report' } };
    expect(verifyApproval(reordered, KEY, now)).toEqual({ ok: true });
  });

  it.each([
    ['other arguments', (one: ActionApproved) => ({ ...one, arguments: { title: 'Send money' } })],
    ['another connection', (one: ActionApproved) => ({ ...one, connectionId: 'c-2' })],
    ['another tool', (one: ActionApproved) => ({ ...one, tool: 'webhook.delete' })],
    ['other evidence', (one: ActionApproved) => ({ ...one, citations: [] })],
    ['another action', (one: ActionApproved) => ({ ...one, actionId: 'a-2' })],
    [
      'a later expiry',
      (one: ActionApproved) => ({
        ...one,
        approval: { ...one.approval, expiresAt: '2030-01-01T00:00:00Z' },
      }),
    ],
  ])('does not hold for %s', (_, change) => {
    expect(verifyApproval(change(approved()), KEY, now).ok).toBe(false);
  });

  it('does not hold under another key', () => {
    expect(verifyApproval(approved(), 'x'.repeat(32), now).ok).toBe(false);
  });

  it('expires', () => {
    const verdict = verifyApproval(approved(), KEY, new Date('2026-11-22T11:00:01Z'));
    expect(verdict).toEqual({ ok: false, reason: 'the approval has expired' });
  });
});

describe('canonicalJson', () => {
  it('orders keys at every depth and leaves out what is undefined', () => {
    expect(canonicalJson({ b: [{ d: 1, c: null }], a: undefined })).toBe(
      '{"b":[{"c":null,"d":1}]}',
    );
  });
});
