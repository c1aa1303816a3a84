import { ProviderFailure } from '../provider-failure';
import { readRetryAfter } from '../rest/retry-after';
import { assertAccepted } from './webhook-answer';

const now = new Date('2026-11-23T10:00:00Z');
const failureOf = (status: number, retryAfter?: string): ProviderFailure | null => {
  try {
    assertAccepted({ status, ...(retryAfter === undefined ? {} : { retryAfter }) }, now);
    return null;
  } catch (error) {
    if (error instanceof ProviderFailure) return error;
    throw error;
  }
};

describe('the answer to a webhook', () => {
  it.each([200, 201, 202, 204])('is a success when it is %d', (status) => {
    expect(failureOf(status)).toBeNull();
  });

  it.each([400, 401, 404, 409, 410, 422])('is final when it is %d', (status) => {
    expect(failureOf(status)).toMatchObject({ retryable: false, uncertain: false, status });
  });

  it.each([408, 425, 429, 500, 503])('is worth another attempt when it is %d', (status) => {
    expect(failureOf(status)).toMatchObject({ retryable: true, uncertain: false, status });
  });

  it.each([502, 504])('leaves open what happened when a gateway gave up with %d', (status) => {
    expect(failureOf(status)).toMatchObject({ retryable: true, uncertain: true });
  });

  it.each([301, 302, 307, 308])('is refused when it is the redirect %d', (status) => {
    expect(failureOf(status)).toMatchObject({ retryable: false, status });
  });

  it('says how long to wait, in seconds or as a date', () => {
    expect(failureOf(429, '3')?.retryAfterMs).toBe(3_000);
    expect(readRetryAfter('Mon, 23 Nov 2026 10:00:09 GMT', now)).toBe(9_000);
    expect(readRetryAfter('Mon, 23 Nov 2026 09:00:00 GMT', now)).toBe(0);
    expect(readRetryAfter('soon', now)).toBeUndefined();
  });
});
