import type { Problem, ProblemCode } from '../schemas';

const TYPE = /^https:\/\/parley\.dev\/problems\/([a-z-]+)$/;

/** An answer that was not a success, as the service explained it. */
export class ParleyProblem extends Error {
  override readonly name = 'ParleyProblem';

  constructor(
    readonly status: number,
    readonly problem: Partial<Problem>,
    /** Seconds that the service asks to wait before the next try, where it does. */
    readonly retryAfterSeconds?: number,
  ) {
    super(
      [
        problem.title ?? `The service answered ${status}.`,
        problem.detail,
        ...(problem.errors ?? []),
      ]
        .filter(Boolean)
        .join(' '),
    );
  }

  /** What to branch on; undefined when something else than Parley answered. */
  get code(): ProblemCode | undefined {
    return TYPE.exec(this.problem.type ?? '')?.[1] as ProblemCode | undefined;
  }

  /** What to quote when asking for help. */
  get requestId(): string | undefined {
    return this.problem.requestId;
  }

  /** The same request may succeed later: it was too early, or the fault is not with it. */
  get isTemporary(): boolean {
    return this.status === 429 || this.status >= 500;
  }

  /** @param body what was parsed of the answer; whatever is no problem counts as an empty one. */
  static of(response: Response, body: unknown): ParleyProblem {
    const problem = typeof body === 'object' && body !== null ? (body as Partial<Problem>) : {};
    const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
    return new ParleyProblem(
      response.status,
      problem,
      Number.isFinite(seconds) ? seconds : undefined,
    );
  }
}
