import { createHmac } from 'node:crypto';

const SECRET_PREFIX = 'whsec_';

/**
 * The three headers of the Standard Webhooks specification. The id is the same for every attempt of
 * an action, so that a receiver can tell a repetition; the time is the attempt's.
 */
export function webhookHeaders(
  secret: string,
  message: { actionId: string; body: string; at: Date },
): Record<string, string> {
  const id = webhookId(message.actionId);
  const timestamp = String(Math.floor(message.at.getTime() / 1_000));
  return {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': `v1,${sign(secret, `${id}.${timestamp}.${message.body}`)}`,
  };
}

export function webhookId(actionId: string): string {
  return `act_${actionId}`;
}

/** A secret is `whsec_` and the base64 of 24 to 64 bytes. */
export function isWebhookSecret(secret: string): boolean {
  if (!secret.startsWith(SECRET_PREFIX)) return false;
  const text = secret.slice(SECRET_PREFIX.length);
  const { length } = keyOf(secret);
  return /^[A-Za-z0-9+/]+={0,2}$/.test(text) && length >= 24 && length <= 64;
}

function sign(secret: string, content: string): string {
  return createHmac('sha256', keyOf(secret)).update(content).digest('base64');
}

function keyOf(secret: string): Buffer {
  return Buffer.from(secret.slice(SECRET_PREFIX.length), 'base64');
}
