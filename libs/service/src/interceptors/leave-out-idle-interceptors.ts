import type { INestApplication, NestInterceptor } from '@nestjs/common';
import { IdempotencyInterceptor } from '@parley/idempotency';
import type { Request } from 'express';

type Intercept = (
  interceptors: NestInterceptor[],
  args: unknown[],
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
 * Spares requests without `Idempotency-Key` the interceptor that would only pass them on.
 *
 * Nest's interceptor pipeline costs a third of a bare request even when nothing happens in it, and it cannot be
 * left per request by its public means. Only the speed depends on this: where Nest has moved what is changed here,
 * the interceptor runs as usual.
 * @returns whether Nest was found as expected.
 */
export function leaveOutIdleInterceptors(app: INestApplication): boolean {
  const { routesResolver } = app as unknown as Internals;
  const consumer = routesResolver?.routerExplorer?.executionContextCreator?.interceptorsConsumer;
  const usual = consumer?.intercept?.bind(consumer);
  if (!consumer || !usual) return false;
  const others = new WeakMap<NestInterceptor[], NestInterceptor[]>();
  consumer.intercept = (interceptors, args, ...rest) => {
    if (IdempotencyInterceptor.concerns(args[0] as Request)) {
      return usual(interceptors, args, ...rest);
    }
    let idle = others.get(interceptors);
    if (!idle) {
      idle = interceptors.filter((one) => !(one instanceof IdempotencyInterceptor));
      others.set(interceptors, idle);
    }
    return usual(idle, args, ...rest);
  };
  return true;
}
