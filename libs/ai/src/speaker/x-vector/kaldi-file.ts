/** Rows of one length, one after the other. */
export interface Matrix {
  rows: number;
  columns: number;
  values: Float32Array;
}

const SIZE_BYTES = 5;
const FLOAT_BYTES = 4;

/** What stands in a file that Kaldi wrote in its binary form: tokens in plain text, then single-precision numbers. */
export class KaldiFile {
  constructor(private readonly bytes: Buffer) {}

  /** The matrix behind `token`, sought from `component` on. @throws Error when there is none */
  matrix(token: string, component?: string): Matrix {
    const at = this.after('FM ', this.after(token, this.start(component)));
    const [rows, columns] = [this.size(at), this.size(at + SIZE_BYTES)];
    return { rows, columns, values: this.floats(at + 2 * SIZE_BYTES, rows * columns) };
  }

  /** The same for a vector. */
  vector(token: string, component?: string): Float32Array {
    const at = this.after('FV ', this.after(token, this.start(component)));
    return this.floats(at + SIZE_BYTES, this.size(at));
  }

  /** The same for a single number. */
  number(token: string, component?: string): number {
    const at = this.after(`${token} `, this.start(component));
    // A byte says how long the number is.
    return this.bytes.readFloatLE(at + 1);
  }

  private start(component: string | undefined): number {
    return component === undefined ? 0 : this.after(`<ComponentName> ${component} `, 0);
  }

  private after(text: string, from: number): number {
    const at = this.bytes.indexOf(text, from, 'latin1');
    if (at === -1) throw new Error(`not the expected Kaldi file: there is no ${text.trim()}`);
    return at + text.length;
  }

  private size(at: number): number {
    if (this.bytes.readInt8(at) !== FLOAT_BYTES) throw new Error('not the expected Kaldi file');
    return this.bytes.readInt32LE(at + 1);
  }

  private floats(at: number, count: number): Float32Array {
    const bytes = this.bytes.subarray(at, at + count * FLOAT_BYTES);
    if (bytes.length < count * FLOAT_BYTES) throw new Error('the Kaldi file is cut short');
    // Numbers begin at any byte in the file, and at a multiple of four in an array.
    return new Float32Array(new Uint8Array(bytes).buffer);
  }
}

/** The numbers of a vector that Kaldi wrote as text: `[ 1 2.5 … ]`. */
export function kaldiTextVector(text: string): Float32Array {
  return Float32Array.from(text.replace(/[[\]]/g, ' ').trim().split(/\s+/).map(Number));
}
