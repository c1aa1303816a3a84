import type { ExecutionContext, INestApplication, NestInterceptor } from '@nestjs/common';
import { IdempotencyInterceptor, isExempt, isUpload } from '@parley/idempotency';
import type { Request, Response } from 'express';

type Handler = ReturnType<ExecutionContext['getHandler']>;

type Intercept = (
  interceptors: NestInterceptor[],
  args: unknown[],
  instance: unknown,
  handler: Handler,
  ...rest: unknown[]
) => Promise<unknown>;

/** Where Nest 11 keeps what runs the interceptors of a route; not part of its public types. */
interface Internals {
  routesResolver?: {
    routerExplorer?: {
      executionContextCreator?: { interceptorsConsumer?: { intercept?: Intercept } };
    };
  };
}

/**
 * Spares requests Nest's interceptor pipeline where only the interceptor of idempotency is in it: without an
 * `Idempotency-Key` that one would only pass them on, with one it is asked by itself.
 *
 * The pipeline costs a third of a bare request even when nothing happens in it, and it cannot be left per request by its
 * public means. Only the speed depends on this: where Nest has moved what is changed here, the interceptor runs as usual.
 * @returns whether Nest was found as expected.
 */
export function leaveOutIdleInterceptors(app: INestApplication): boolean {
  const { routesResolver } = app as unknown as Internals;
  const consumer = routesResolver?.routerExplorer?.executionContextCreator?.interceptorsConsumer;
  const usual = consumer?.intercept?.bind(consumer);
  if (!consumer || !usual) return false;
  const parted = new WeakMap<NestInterceptor[], Parted>();
  consumer.intercept = (interceptors, args, instance, handler, ...rest) => {
    let parts = parted.get(interceptors);
    if (!parts) parted.set(interceptors, (parts = part(interceptors)));
    const { own, others } = parts;
    const [request, response] = args as [Request, Response];
    const work = (): Promise<unknown> => usual(others, args, instance, handler, ...rest);
    if (!IdempotencyInterceptor.concerns(request) || isExempt(handler)) return work();
    if (!own || isUpload(handler)) return usual(interceptors, args, instance, handler, ...rest);
    return own.around(request, response, handler, work);
  };
  return true;
}

interface Parted {
  own: IdempotencyInterceptor | undefined;
  others: NestInterceptor[];
}

function part(interceptors: NestInterceptor[]): Parted {
  return {
    own: interceptors.find((one) => one instanceof IdempotencyInterceptor),
    others: interceptors.filter((one) => !(one instanceof IdempotencyInterceptor)),
  };
}
