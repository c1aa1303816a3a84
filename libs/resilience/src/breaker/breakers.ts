import { Breaker, type BreakerOptions, type BreakerState } from './breaker';

/** Kept until so many are there; then the idle ones are forgotten. */
const PLENTY = 1_000;

/** A breaker for each name and tenant, made when first needed: one tenant's broken credentials close nobody else's door. */
export class Breakers {
  private readonly byKey = new Map<string, Breaker>();

  /** @param opened told whenever one opens, with its name. */
  constructor(
    private readonly options: BreakerOptions,
    private readonly opened: (name: string) => void = () => undefined,
  ) {}

  of(name: string, tenant: string): Breaker {
    const key = JSON.stringify([name, tenant]);
    const known = this.byKey.get(key);
    if (known) return known;
    if (this.byKey.size >= PLENTY) this.forgetIdle();
    const breaker = new Breaker(this.options);
    breaker.on('opened', () => {
      this.opened(name);
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
