import {
  Inject,
  Injectable,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import type { Request, Response } from 'express';
import { from, isObservable, lastValueFrom, type Observable } from 'rxjs';
import { Idempotency } from '../idempotency.service';
import { holdsSecret, isExempt, isUpload } from './exempt';

const WRITES = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);

/** Gives every write route one effect and one answer per `Idempotency-Key`; without the header it does nothing. */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  constructor(@Inject(Idempotency) private readonly idempotency: Idempotency) {}

  /** Whether there is anything to do for a request: who asks first spares it Nest's interceptor pipeline. */
  static concerns(request: Pick<Request, 'headers' | 'method'>): boolean {
    return request.headers['idempotency-key'] !== undefined && WRITES.has(request.method);
  }

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    if (context.getType() !== 'http') return next.handle();
    const request = context.switchToHttp().getRequest<Request>();
    const handler = context.getHandler();
    if (!IdempotencyInterceptor.concerns(request)) return next.handle();
    if (isExempt(handler)) return next.handle();
    if (isUpload(handler) && request.is('multipart/form-data')) return next.handle();
    return from(this.once(context, next));
  }

  /**
   * The same for who calls the route by himself, without observables, which cost more than all that is done here. Not for
   * what is exempt, nor for uploads, whose files are read in the pipeline.
   * @param handler the method of the controller, `work` what calls it
   */
  around(
    request: Request,
    response: Response,
    handler: ReturnType<ExecutionContext['getHandler']>,
    work: () => Promise<unknown>,
  ): Promise<unknown> {
    return this.idempotency.once(
      request,
      response,
      async () => {
        const value = await work();
        return isObservable(value) ? lastValueFrom(value, { defaultValue: undefined }) : value;
      },
      holdsSecret(handler),
    );
  }

  protected once(context: ExecutionContext, next: CallHandler): Promise<unknown> {
    const http = context.switchToHttp();
    return this.around(
      http.getRequest<Request>(),
      http.getResponse<Response>(),
      context.getHandler(),
      () => Promise.resolve(next.handle()),
    );
  }
}
