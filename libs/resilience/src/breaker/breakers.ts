import { EventEmitter } from 'node:events';
import { Breaker, type BreakerOptions, type BreakerState } from './breaker';

/** Kept until so many are there; then the idle ones are forgotten. */
const PLENTY = 1_000;

/**
 * A breaker for each name and tenant, made when first needed: what one tenant runs into closes nobody else's door.
 * Emits `opened` with the name.
 */
export class Breakers extends EventEmitter<{ opened: [name: string] }> {
  private readonly byKey = new Map<string, Breaker>();

  constructor(private readonly options: BreakerOptions) {
    super();
  }

  of(name: string, tenant: string): Breaker {
    const key = JSON.stringify([name, tenant]);
    const known = this.byKey.get(key);
    if (known) return known;
    if (this.byKey.size >= PLENTY) this.forgetIdle();
    const breaker = new Breaker(this.options);
    breaker.on('opened', () => {
      this.emit('opened', name);
    });
    this.byKey.set(key, breaker);
    return breaker;
  }

  /** Without making one. */
  stateOf(name: string, tenant: string): BreakerState {
    return this.byKey.get(JSON.stringify([name, tenant]))?.current ?? 'closed';
  }

  private forgetIdle(): void {
    for (const [key, breaker] of this.byKey) if (breaker.isIdle) this.byKey.delete(key);
  }
}
