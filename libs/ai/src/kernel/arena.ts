import type {} from './webassembly';
/** A stretch of the kernel's memory, as it is addressed there and here. */
export interface Region<Values> {
  at: number;
  values: Values;
}

const ALIGNMENT = 16;

/** The kernel's memory, given out once and never back. */
export class Arena {
  readonly memory: WebAssembly.Memory;
  /** Inputs of one product in 16 bits, and the scale of each row. */
  readonly whole: Region<Int16Array>;
  readonly scales: Region<Float32Array>;
  private next = ALIGNMENT;

  constructor(bytes: number, rows: number, widest: number) {
    const pages = Math.ceil(bytes / 65_536);
    this.memory = new WebAssembly.Memory({ initial: pages, maximum: pages });
    this.whole = this.integers(rows * widest);
    this.scales = this.floats(rows);
  }

  floats(count: number): Region<Float32Array> {
    const at = this.take(count * 4);
    return { at, values: new Float32Array(this.memory.buffer, at, count) };
  }

  integers(count: number): Region<Int16Array> {
    const at = this.take(count * 2);
    return { at, values: new Int16Array(this.memory.buffer, at, count) };
  }

  private take(bytes: number): number {
    const at = this.next;
    this.next = Math.ceil((at + bytes) / ALIGNMENT) * ALIGNMENT;
    if (this.next > this.memory.buffer.byteLength) throw new Error('the arena is too small');
    return at;
  }
}
