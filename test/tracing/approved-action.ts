import { makeEvent, newId, signApproval, type Envelope } from '@parley/contracts';

/** An action as agent announces it, approved a moment ago. */
export function approved(
  connectionId: string,
  key: string,
  title: string,
): Envelope<'action.approved'> {
  const action = {
    actionId: newId<string>(),
    suggestionId: newId<string>(),
    connectionId,
    provider: 'webhook',
    tool: 'webhook.post',
    arguments: { title },
    citations: [{ type: 'segment' as const, id: 'm:main:3', quote: title }],
  };
  const decision = {
    decidedBy: 'ana',
    decidedAt: new Date().toISOString(),
    expiresAt: new Date(Date.now() + 600_000).toISOString(),
  };
  const approval = signApproval(action, decision, key);
  return makeEvent('action.approved', { ...action, approval }, { meetingId: newId<string>() });
}
