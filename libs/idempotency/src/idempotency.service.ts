import { randomUUID } from 'node:crypto';
import { ProblemError } from '@parley/contracts';
import { logEvent, requestContext } from '@parley/observability';
import type { Request, Response } from 'express';
import { answerOf, idOnly, type StoredAnswer } from './answer';
import { isDecision } from './http/refusals';
import type { InFlightMarks } from './in-flight-marks';
import { MARK_MARGIN_MS } from './in-flight-marks';
import { meetingsOf } from './meetings-of';
import { fingerprintOf } from './request/fingerprint';
import { readKey, slotOf } from './request/idempotency-key';
import type { IdempotencyStore, Mark } from './store/idempotency.store';

/** Writes a problem as the service's error filter would. */
export type WriteProblem = (
  error: ProblemError,
  request: Request,
) => Pick<StoredAnswer, 'status' | 'body' | 'headers'>;

export interface IdempotencyOptions {
  /** How long answers are kept. */
  ttlMs: number;
  writeProblem: WriteProblem;
}

/** Where nothing limits a request, its mark is made for this long, and prolonged. */
const UNLIMITED_MS = 15_000;
/** When the client should try again while the first request runs. */
const RETRY_AFTER_SECONDS = 1;

/** One effect and one answer per `Idempotency-Key`, however often a request is sent. */
export class Idempotency {
  constructor(
    private readonly store: IdempotencyStore,
    private readonly marks: InFlightMarks,
    private readonly options: IdempotencyOptions,
  ) {}

  /**
   * Runs `handler` for the first request with this key; later ones get the first one's answer.
   * @param isSecret of a success no more than the id is kept.
   * @returns what Nest has to send.
   * @throws ProblemError `idempotency-in-flight`, `idempotency-key-reused`, `validation-failed` for a key that is
   * none, and whatever the handler throws.
   */
  async once(
    request: Request,
    response: Response,
    handler: () => Promise<unknown>,
    isSecret = false,
  ): Promise<unknown> {
    const slot = slotOfRequest(request);
    const mark: Mark = { token: randomUUID(), fingerprint: await fingerprintOf(request) };
    const lifeMs = markLifeMs();
    const claim = await this.store.claim(slot, mark, lifeMs);
    if (claim.state === 'claimed') {
      const keep = (answer: StoredAnswer): Promise<void> =>
        this.complete(
          slot,
          mark,
          request,
          isSecret && answer.status < 400 ? withIdOnly(answer) : answer,
        );
      return this.run(slot, mark, lifeMs, request, response, handler, keep);
    }
    if (claim.fingerprint !== mark.fingerprint) {
      throw new ProblemError(
        'idempotency-key-reused',
        'This Idempotency-Key was used with another payload; use a new key for a new request.',
      );
    }
    if (claim.state === 'in-flight') {
      throw new ProblemError(
        'idempotency-in-flight',
        'The first request with this Idempotency-Key is still running; ask again for its answer.',
        { retryAfterSeconds: RETRY_AFTER_SECONDS },
      );
    }
    return replay(claim.answer, response);
  }

  /**
   * Erases the stored answers that belong to a meeting; call it in every service when a meeting is erased.
   * @returns how many answers went. @throws ProblemError `unavailable` while Redis is away.
   */
  forgetMeeting(meetingId: string): Promise<number> {
    return this.store.forgetMeeting(meetingId, this.options.ttlMs);
  }

  private async run(
    slot: string,
    mark: Mark,
    lifeMs: number,
    request: Request,
    response: Response,
    handler: () => Promise<unknown>,
    keep: (answer: StoredAnswer) => Promise<void>,
  ): Promise<unknown> {
    const status = response.statusCode;
    const done = this.marks.watch(slot, mark, lifeMs);
    let value: unknown;
    try {
      value = await handler();
    } catch (error) {
      done();
      if (isDecision(error, request)) {
        const answer = { ...this.options.writeProblem(error, request), sent: false };
        await keep(answer);
      } else {
        await this.settle(this.store.release(slot, mark.token));
      }
      throw error;
    }
    done();
    await keep(finished(value, status, response));
    return value;
  }

  private complete(slot: string, mark: Mark, request: Request, whole: StoredAnswer): Promise<void> {
    // What DELETE answers is a receipt without content: it outlives its meeting.
    const found = request.method === 'DELETE' ? [] : meetingsOf(request, whole.body);
    const answer = found ? whole : withIdOnly(whole);
    const completion = { ...mark, answer, meetingIds: found ?? [] };
    return this.settle(this.store.complete(slot, completion, this.options.ttlMs));
  }

  /** The effect has happened: a store that fails must not turn its answer into an error. */
  private async settle(stored: Promise<boolean>): Promise<void> {
    try {
      if (!(await stored)) logEvent('idempotency.taken-over');
    } catch (error) {
      logEvent('idempotency.not-stored', { err: error });
    }
  }
}

function withIdOnly(answer: StoredAnswer): StoredAnswer {
  return { ...answer, body: idOnly(answer.body) };
}

function slotOfRequest(request: Request): string {
  const { workspaceId, caller } = requestContext();
  const route = request.route as { path: string };
  return slotOf({
    workspaceId,
    callerId: caller.id,
    method: request.method,
    route: request.baseUrl + route.path,
    params: request.params,
    key: readKey(request.headers['idempotency-key'] ?? ''),
  });
}

/** What the request may still take, and a margin: whole milliseconds, Redis takes no others. */
function markLifeMs(): number {
  const leftMs = requestContext().deadline?.remainingMs() ?? UNLIMITED_MS;
  return Math.ceil(leftMs) + MARK_MARGIN_MS;
}

/** The answer of a handler that returned `value`; `initial` is the status that its route declares. */
function finished(value: unknown, initial: number, response: Response): StoredAnswer {
  if (!response.headersSent) return answerOf(value, response.statusCode, response);
  const late = requestContext().deadline?.signal.aborted === true;
  if (late) {
    // The client was told 504 in the meantime. The effect happened all the same: who asks again learns of it.
    return answerOf(value, response.statusCode === 504 ? initial : response.statusCode);
  }
  return { ...answerOf(value, response.statusCode, response), body: null, sent: true };
}

/** Answers with a stored answer. */
function replay(answer: StoredAnswer, response: Response): string | undefined {
  response.status(answer.status).setHeader('Idempotent-Replayed', 'true');
  for (const [name, value] of Object.entries(answer.headers)) response.setHeader(name, value);
  if (answer.sent) response.end();
  return answer.body ?? undefined;
}
