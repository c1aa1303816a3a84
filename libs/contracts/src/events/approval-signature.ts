import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { Citation } from '../meeting/citation';
import type { ActionApproved, Approval } from './suggestion.events';

/** An action without the proof that it may be carried out. */
export type UnsignedAction = Omit<ActionApproved, 'approval'>;

export type Verdict = { ok: true } | { ok: false; reason: string };

/** JSON with the keys of every object in order: equal values give equal text. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value))
    return `[${value.map((item) => canonicalJson(item ?? null)).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value)
      .filter(([, item]) => item !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, item]) => `${JSON.stringify(key)}:${canonicalJson(item)}`);
    return `{${entries.join(',')}}`;
  }
  return JSON.stringify(value ?? null);
}

export function sha256Hex(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** Tells the evidence of a decision from any other, without repeating it. */
export function evidenceHash(citations: readonly Citation[]): string {
  return sha256Hex(canonicalJson(citations));
}

/** Binds a person's decision to exactly this action and evidence. */
export function signApproval(
  action: UnsignedAction,
  decision: Pick<Approval, 'decidedBy' | 'decidedAt' | 'expiresAt'>,
  key: string,
): Approval {
  const unsigned = { ...decision, ...hashesOf(action) };
  return { ...unsigned, signature: signatureOf(action, unsigned, key) };
}

/** Tells whether `action` is what was approved, by the holder of `key`, and still may be carried out. */
export function verifyApproval(action: ActionApproved, key: string, now: Date): Verdict {
  const { approval } = action;
  const hashes = hashesOf(action);
  const given = Buffer.from(approval.signature, 'hex');
  const expected = Buffer.from(signatureOf(action, approval, key), 'hex');
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
    return { ok: false, reason: 'the approval was not signed by agent' };
  }
  if (approval.argumentsHash !== hashes.argumentsHash) {
    return { ok: false, reason: 'the arguments are not the approved ones' };
  }
  if (approval.evidenceHash !== hashes.evidenceHash) {
    return { ok: false, reason: 'the evidence is not the approved one' };
  }
  // Written so that an unreadable date counts as expired.
  if (!(new Date(approval.expiresAt).getTime() > now.getTime())) {
    return { ok: false, reason: 'the approval has expired' };
  }
  return { ok: true };
}

function hashesOf(action: UnsignedAction): Pick<Approval, 'argumentsHash' | 'evidenceHash'> {
  const { provider, tool, connectionId } = action;
  return {
    argumentsHash: sha256Hex(
      canonicalJson({ provider, tool, connectionId, arguments: action.arguments }),
    ),
    evidenceHash: evidenceHash(action.citations),
  };
}

function signatureOf(
  action: UnsignedAction,
  approval: Omit<Approval, 'signature'>,
  key: string,
): string {
  const { argumentsHash, evidenceHash, decidedBy, decidedAt, expiresAt } = approval;
  const signed = [action.actionId, argumentsHash, evidenceHash, decidedBy, decidedAt, expiresAt];
  return createHmac('sha256', key).update(signed.join('\n')).digest('hex');
}
