const UUID_BYTES = 16;

/**
 * Rows of one width that Postgres sent as one value of bytes: hundreds of rows of small columns take longer to be
 * written as text, to be sent one by one and to be read than to be looked for.
 */
export class PackedRows {
  readonly count: number;
  private readonly digits: string;

  /** @param bytes null when there is no row, as `string_agg` says it */
  constructor(
    private readonly bytes: Buffer | null,
    private readonly width: number,
  ) {
    this.count = bytes ? bytes.length / width : 0;
    this.digits = bytes?.toString('hex') ?? '';
  }

  /** What `uuid_send` wrote, as 32 digits: enough to tell one from another. */
  key(row: number, at: number): string {
    const from = 2 * (row * this.width + at);
    return this.digits.slice(from, from + 2 * UUID_BYTES);
  }

  /** What `uuid_send` wrote. */
  uuid(row: number, at: number): string {
    const digits = this.key(row, at);
    return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-${digits.slice(12, 16)}-${digits.slice(16, 20)}-${digits.slice(20)}`;
  }

  /** What `int4send` wrote. */
  integer(row: number, at: number): number {
    return this.bytes?.readInt32BE(row * this.width + at) ?? 0;
  }

  /** What `float4send` wrote. */
  single(row: number, at: number): number {
    return this.bytes?.readFloatBE(row * this.width + at) ?? 0;
  }

  /** What `float8send` wrote. */
  double(row: number, at: number): number {
    return this.bytes?.readDoubleBE(row * this.width + at) ?? 0;
  }
}
