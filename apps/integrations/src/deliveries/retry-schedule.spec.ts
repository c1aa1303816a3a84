import { afterFailure, type FailedAttempt } from './retry-schedule';

const failed = (more: Partial<FailedAttempt> = {}): FailedAttempt => ({
  failure: { retryable: true, uncertain: false, retryAfterMs: undefined },
  toolClass: 'at-least-once',
  triesLeft: 2,
  failures: 1,
  wasUncertain: false,
  ...more,
});
const waits = { baseMs: 500, random: () => 1 };
const cutOff = { retryable: true, uncertain: true, retryAfterMs: undefined };
const final = { retryable: false, uncertain: false, retryAfterMs: undefined };

describe('the wait before the next attempt', () => {
  it('is as long as the provider asked for when that is longer', () => {
    const failure = { retryable: true, uncertain: false, retryAfterMs: 7_000 };
    expect(afterFailure(failed({ failure }), waits)).toEqual({ status: 'planned', waitMs: 7_000 });
  });

  it('is an hour at most, whatever the provider asks for', () => {
    const failure = { retryable: true, uncertain: false, retryAfterMs: 10 ** 12 };
    const verdict = afterFailure(failed({ failure }), waits);
    expect(verdict).toEqual({ status: 'planned', waitMs: 3_600_000 });
  });
});

describe('after a failed attempt a delivery', () => {
  it('is planned again while attempts are left', () => {
    expect(afterFailure(failed(), waits)).toEqual({ status: 'planned', waitMs: 500 });
  });

  it('has failed when the attempts are spent', () => {
    expect(afterFailure(failed({ triesLeft: 0 }), waits)).toEqual({ status: 'failed' });
  });

  it('has failed at once when trying again cannot help', () => {
    expect(afterFailure(failed({ failure: final }), waits)).toEqual({ status: 'failed' });
  });

  it('is uncertain at its end when any attempt may have got through', () => {
    const last = failed({ triesLeft: 0, failure: final, wasUncertain: true });
    expect(afterFailure(last, waits)).toEqual({ status: 'uncertain' });
  });

  it.each(['idempotent', 'reconcilable', 'at-least-once'] as const)(
    'may be repeated after an unknown outcome when the tool is %s',
    (toolClass) => {
      const verdict = afterFailure(failed({ toolClass, failure: cutOff }), waits);
      expect(verdict.status).toBe('planned');
    },
  );

  it('is left to a person after an unknown outcome of a tool that may act only once', () => {
    const verdict = afterFailure(failed({ toolClass: 'once', failure: cutOff }), waits);
    expect(verdict).toEqual({ status: 'uncertain' });
  });

  it('is repeated even with such a tool when nothing was sent', () => {
    expect(afterFailure(failed({ toolClass: 'once' }), waits).status).toBe('planned');
  });
});
