import { newId } from '../values/ids';
import { auditHash, FIRST_PREVIOUS_HASH, type AuditEntry } from './audit-entry';
import { ChainCheck } from './check-chain';

/** Oldest first. */
function chainOf(length: number): AuditEntry[] {
  const entries: AuditEntry[] = [];
  for (let sequence = 1; sequence <= length; sequence++) {
    const plain = {
      sequence,
      id: newId<string>(),
      workspaceId: 'acme',
      at: '2026-11-29T12:00:00.000Z',
      action: 'key.revoked' as const,
      actor: { id: 'key:1', name: 'Ann' },
      subjectId: `k${sequence}`,
      details: { name: 'old laptop' },
      previousHash: entries.at(-1)?.hash ?? FIRST_PREVIOUS_HASH,
    };
    entries.push({ ...plain, hash: auditHash(plain) });
  }
  return entries;
}

/** The first thing that is wrong. */
function faultOf(entries: AuditEntry[]): string | null {
  const check = new ChainCheck();
  for (const entry of [...entries].reverse()) {
    const fault = check.follow(entry);
    if (fault !== null) return fault;
  }
  return check.end();
}

describe('the chain of an audit log', () => {
  it('holds when nobody touched it, however its fields are ordered', () => {
    expect(faultOf([])).toBeNull();
    const reordered = chainOf(3).map((entry) => ({
      ...(Object.fromEntries(Object.entries(entry).reverse()) as unknown as AuditEntry),
    }));
    expect(faultOf(reordered)).toBeNull();
  });

  it.each<[string, (entry: AuditEntry) => void]>([
    ['who', (entry) => (entry.actor = { id: 'key:2', name: 'Bob' })],
    ['when', (entry) => (entry.at = '2026-11-29T12:00:00.001Z')],
    ['what', (entry) => (entry.action = 'key.created')],
    ['of what', (entry) => (entry.subjectId = 'another')],
    ['where', (entry) => (entry.workspaceId = 'other')],
    ['a detail', (entry) => (entry.details = { name: 'new laptop' })],
  ])('breaks at the entry in which somebody changed %s', (_, change) => {
    const entries = chainOf(3);
    change(entries[1] as AuditEntry);
    expect(faultOf(entries)).toBe('entry 2 is not what was written: its hash does not match');
  });

  it('breaks after an entry that was changed together with its hash', () => {
    const entries = chainOf(3);
    const changed = { ...(entries[1] as AuditEntry), subjectId: 'another' };
    entries[1] = { ...changed, hash: auditHash(changed) };
    expect(faultOf(entries)).toBe('entry 3 was written after another entry 2 than this one');
  });

  it('breaks where an entry is missing, in the middle or at the beginning', () => {
    const [first, , third] = chainOf(3) as [AuditEntry, AuditEntry, AuditEntry];
    expect(faultOf([first, third])).toBe('between entries 1 and 3 something is missing');
    expect(faultOf(chainOf(3).slice(1))).toBe(
      'the log begins with entry 2: what came before is missing',
    );
  });
});
