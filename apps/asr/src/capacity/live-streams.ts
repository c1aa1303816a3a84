import { Injectable } from '@nestjs/common';

/** What this replica listens to besides meetings: it takes the place of as many of them. */
@Injectable()
export class LiveStreams {
  private open = 0;

  get count(): number {
    return this.open;
  }

  /** @returns the call that ends it; may be called twice. */
  begin(): () => void {
    this.open += 1;
    let ended = false;
    return () => {
      if (ended) return;
      ended = true;
      this.open -= 1;
    };
  }
}
