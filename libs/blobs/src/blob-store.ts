/** A stretch of bytes; `to` is not part of it. */
export interface ByteRange {
  from: number;
  to: number;
}

export interface OpenBlob {
  /** Of the whole blob, whatever was asked for. */
  size: number;
  /** What was asked for, as much of it as there is. Must be read to its end or returned from. */
  content: AsyncIterable<Uint8Array>;
}

/**
 * Keeps bytes under a name. Names come from `blobName`. What a store is given is sealed already: it need not be trusted
 * with what it keeps. Every method throws BlobsUnavailableError when the store cannot do it just now.
 */
export interface BlobStore {
  /** As the health page and logs call it: `filesystem` or `s3`. */
  readonly kind: string;
  /** Keeps it whole and durably or not at all; under a name that is taken, instead of what was there. */
  put(name: string, content: AsyncIterable<Uint8Array>): Promise<void>;
  /** @returns null when there is none of this name. */
  open(name: string, range?: ByteRange): Promise<OpenBlob | null>;
  /** Removing what is not there is no error. */
  remove(name: string): Promise<void>;
  /** Removes all blobs of a folder. @returns how many there were. */
  removeAll(folder: string): Promise<number>;
  /** The names in a folder, and in the folders in it. */
  list(folder: string): AsyncIterable<string>;
  /** Resolves when it can be used just now, and leaves nothing behind. Asked often: it costs little. */
  check(): Promise<void>;
  close(): Promise<void>;
}
