import { EventEmitter } from 'node:events';
import { ByTenant } from '../by-tenant';
import { Breaker, type BreakerOptions, type BreakerState } from './breaker';

/** The worst last. */
const BY_HEALTH: readonly BreakerState[] = ['closed', 'probing', 'open'];

/**
 * A breaker for each name and tenant, and for each part where a tenant reaches several places under one name.
 * Emits `opened` with the name.
 */
export class Breakers extends EventEmitter<{ opened: [name: string] }> {
  private readonly all: ByTenant<Breaker>;

  constructor(optionsOf: (name: string) => BreakerOptions) {
    super();
    this.all = new ByTenant((name) =>
      new Breaker(optionsOf(name)).on('opened', () => {
        this.emit('opened', name);
      }),
    );
  }

  of(name: string, tenant: string, part = ''): Breaker {
    return this.all.of(name, tenant, part);
  }

  /** Without making one. */
  stateOf(name: string, tenant: string, part = ''): BreakerState {
    return this.all.find(name, tenant, part)?.current ?? 'closed';
  }

  /** When a call may be let through again, without making one; 0 when it may now. Unit: milliseconds. */
  waitMs(name: string, tenant: string, part = ''): number {
    return this.all.find(name, tenant, part)?.waitMs ?? 0;
  }

  /** Of all the parts that this tenant reaches under the name. */
  worstOf(name: string, tenant: string): BreakerState {
    const found = this.all.partsOf(name, tenant).map(({ current }) => BY_HEALTH.indexOf(current));
    return BY_HEALTH[Math.max(0, ...found)] ?? 'closed';
  }
}
