import { EventEmitter } from 'node:events';
import { Breaker, type BreakerOptions, type BreakerState } from './breaker';

/** Kept until so many are there; then the idle ones are forgotten. */
const PLENTY = 1_000;

interface Known {
  name: string;
  tenant: string;
  breaker: Breaker;
}

/** The worst last. */
const BY_HEALTH: readonly BreakerState[] = ['closed', 'probing', 'open'];

/**
 * A breaker for each name and tenant, made when first needed: what one tenant runs into closes nobody else's door. A tenant
 * that reaches several places under one name has one for each `part`.
 * Emits `opened` with the name.
 */
export class Breakers extends EventEmitter<{ opened: [name: string] }> {
  private readonly byKey = new Map<string, Known>();

  constructor(private readonly options: BreakerOptions) {
    super();
  }

  of(name: string, tenant: string, part = ''): Breaker {
    const key = keyOf(name, tenant, part);
    const known = this.byKey.get(key);
    if (known) return known.breaker;
    if (this.byKey.size >= PLENTY) this.forgetIdle();
    const breaker = new Breaker(this.options);
    breaker.on('opened', () => {
      this.emit('opened', name);
    });
    this.byKey.set(key, { name, tenant, breaker });
    return breaker;
  }

  /** Without making one. */
  stateOf(name: string, tenant: string, part = ''): BreakerState {
    return this.byKey.get(keyOf(name, tenant, part))?.breaker.current ?? 'closed';
  }

  /** When a call may be let through again, without making one; 0 when it may now. Unit: milliseconds. */
  waitMs(name: string, tenant: string, part = ''): number {
    return this.byKey.get(keyOf(name, tenant, part))?.breaker.waitMs ?? 0;
  }

  /** Of all the parts that this tenant reaches under the name. */
  worstOf(name: string, tenant: string): BreakerState {
    let worst = 0;
    for (const known of this.byKey.values()) {
      if (known.name !== name || known.tenant !== tenant) continue;
      worst = Math.max(worst, BY_HEALTH.indexOf(known.breaker.current));
    }
    return BY_HEALTH[worst] ?? 'closed';
  }

  private forgetIdle(): void {
    for (const [key, { breaker }] of this.byKey) if (breaker.isIdle) this.byKey.delete(key);
  }
}

function keyOf(name: string, tenant: string, part: string): string {
  return JSON.stringify([name, tenant, part]);
}
