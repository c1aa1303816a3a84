import { isWebhookSecret, webhookHeaders } from './standard-webhooks';

const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
const message = { actionId: 'a1', body: '{"type":"action"}', at: new Date(1_763_800_000_999) };

describe('the headers of a webhook', () => {
  it('are those of Standard Webhooks, the time in whole seconds', () => {
    // The signature was computed with openssl: HMAC-SHA-256 of `act_a1.1763800000.{"type":"action"}`.
    expect(webhookHeaders(secret, message)).toEqual({
      'webhook-id': 'act_a1',
      'webhook-timestamp': '1763800000',
      'webhook-signature': 'v1,EtzVmIRBPUw/9QZqm1R3N8tyNrLjwDz+7wdkRrfI7do=',
    });
  });

  it('keep the id when the time changes, so that a repetition can be told', () => {
    const later = webhookHeaders(secret, { ...message, at: new Date(1_763_800_060_000) });
    expect(later['webhook-id']).toBe('act_a1');
    expect(later['webhook-signature']).not.toBe(
      webhookHeaders(secret, message)['webhook-signature'],
    );
  });
});

describe('a webhook secret', () => {
  it.each([
    ['has no prefix', Buffer.alloc(32).toString('base64')],
    ['is too short', `whsec_${Buffer.alloc(23).toString('base64')}`],
    ['is too long', `whsec_${Buffer.alloc(65).toString('base64')}`],
    ['is not base64', `whsec_${'*'.repeat(44)}`],
  ])('is refused when it %s', (_why, text) => {
    expect(isWebhookSecret(text)).toBe(false);
  });

  it('is the base64 of 24 to 64 bytes', () => {
    expect(isWebhookSecret(secret)).toBe(true);
  });
});
