import { Injectable } from '@nestjs/common';

/**
 * Where a service is between its start and its end:
 * - `starting`: it listens, waits for what it needs, and answers probes only;
 * - `serving`;
 * - `draining`: told to stop; `/readyz` is 503, everything else is still answered;
 * - `closing`: takes nothing new, finishes what it has in hand.
 */
export type LifecyclePhase = 'starting' | 'serving' | 'draining' | 'closing';

const ORDER: readonly LifecyclePhase[] = ['starting', 'serving', 'draining', 'closing'];

/** One service's way from start to end; whoever waits or streams listens to it. Never goes back. */
@Injectable()
export class Lifecycle {
  private current: LifecyclePhase = 'starting';
  private readonly drainingBegins = new AbortController();
  private readonly closingBegins = new AbortController();

  get phase(): LifecyclePhase {
    return this.current;
  }

  /** Fires when the service is told to stop: who waits for a dependency gives up. */
  get draining(): AbortSignal {
    return this.drainingBegins.signal;
  }

  /** Fires when the service takes nothing new: open streams end, so that their readers come back elsewhere. */
  get closing(): AbortSignal {
    return this.closingBegins.signal;
  }

  /** Goes on to `phase`; does nothing when it is there or further. */
  enter(phase: LifecyclePhase): void {
    if (ORDER.indexOf(phase) <= ORDER.indexOf(this.current)) return;
    this.current = phase;
    if (phase === 'draining' || phase === 'closing') this.drainingBegins.abort();
    if (phase === 'closing') this.closingBegins.abort();
  }
}
