/** Cuts a stream of samples into frames of one size; what does not fill a frame waits for more. */
export class FrameSlicer {
  private rest: Float32Array = new Float32Array();

  constructor(private readonly frameSamples: number) {}

  /** How many samples wait for the next frame. */
  get waitingSamples(): number {
    return this.rest.length;
  }

  push(samples: Float32Array): Float32Array[] {
    let all = samples;
    if (this.rest.length > 0) {
      all = new Float32Array(this.rest.length + samples.length);
      all.set(this.rest);
      all.set(samples, this.rest.length);
    }
    const frames: Float32Array[] = [];
    let from = 0;
    for (; from + this.frameSamples <= all.length; from += this.frameSamples) {
      frames.push(all.subarray(from, from + this.frameSamples));
    }
    this.rest = all.slice(from);
    return frames;
  }

  /** Hands out what waits and begins anew. */
  flush(): Float32Array {
    const { rest } = this;
    this.rest = new Float32Array();
    return rest;
  }
}
