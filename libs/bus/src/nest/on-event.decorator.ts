import { applyDecorators, UseFilters } from '@nestjs/common';
import { EventPattern } from '@nestjs/microservices';
import type { Envelope, EventType } from '@parley/contracts';
import { RethrowFilter } from './rethrow.filter';

type HandlerOf<Type extends EventType> = (
  event: Envelope<Type>,
  ...more: never[]
) => Promise<void> | void;

/**
 * Makes a method of a Nest controller the service's one handler of `type`. The event is acknowledged
 * when it resolves and delivered again when it rejects, so running it twice must change nothing more.
 */
export function OnEvent<Type extends EventType>(type: Type) {
  return <Handler extends HandlerOf<Type>>(
    target: object,
    key: string | symbol,
    descriptor: TypedPropertyDescriptor<Handler>,
  ): void => {
    applyDecorators(EventPattern(type), UseFilters(RethrowFilter))(target, key, descriptor);
  };
}
