import { PROBLEM_TYPE_BASE, problems, type ProblemCode } from './catalogue';

/** The body of a problem answer, as RFC 9457 shapes it, plus our `requestId` and field `errors`. */
export interface ProblemBody {
  type: string;
  title: string;
  status: number;
  detail?: string;
  instance?: string;
  requestId?: string;
  errors?: string[];
}

/** A refusal or failure that the caller is told about, named by the closed catalogue. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';

  constructor(
    readonly code: ProblemCode,
    readonly detail: string,
    /** `retryAfterSeconds` becomes the `Retry-After` header. */
    readonly extra: { errors?: string[]; cause?: unknown; retryAfterSeconds?: number } = {},
  ) {
    super(`${code}: ${detail}`, extra.cause === undefined ? undefined : { cause: extra.cause });
  }

  get status(): number {
    return problems[this.code].status;
  }

  toBody(context: { instance?: string; requestId?: string } = {}): ProblemBody {
    const { status, title } = problems[this.code];
    return {
      type: PROBLEM_TYPE_BASE + this.code,
      title,
      status,
      detail: this.detail,
      ...(this.extra.errors ? { errors: this.extra.errors } : {}),
      ...context,
    };
  }
}
