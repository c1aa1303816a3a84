import { BadRequestException, ConflictException } from '@nestjs/common';
import { ProblemError, type ProblemCode } from '@parley/contracts';
import { isDecision } from './refusals';

describe('an error that a request with a key ends in', () => {
  it.each<ProblemCode>(['conflict', 'suggestion-decided', 'gone', 'destination-refused'])(
    'is kept as its answer when the handler decided so: %s',
    (code) => {
      expect(isDecision(new ProblemError(code, ''), {})).toBe(true);
    },
  );

  it.each<ProblemCode>([
    'validation-failed',
    'unauthorized',
    'forbidden',
    'not-found',
    'meeting-not-found',
    'payload-too-large',
    'unsupported-media-type',
    'too-many-requests',
    'idempotency-in-flight',
    'idempotency-key-reused',
    'internal',
    'upstream-failed',
    'unavailable',
    'deadline-exceeded',
  ])('frees the key when the request was refused or failed: %s', (code) => {
    expect(isDecision(new ProblemError(code, ''), {})).toBe(false);
  });

  it("frees the key when it is not the handler's own, or a pipe's", () => {
    expect(isDecision(new BadRequestException(), {})).toBe(false);
    expect(isDecision(new ConflictException(), {})).toBe(false);
    expect(isDecision(new Error(), {})).toBe(false);
    const rejected = { [Symbol.for('nestjs:rejected-by-pipes')]: true };
    expect(isDecision(new ProblemError('conflict', ''), rejected)).toBe(false);
  });
});
