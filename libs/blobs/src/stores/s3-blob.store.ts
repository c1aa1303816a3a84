import {
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  S3Client,
} from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { Readable } from 'node:stream';
import type { BlobStore, ByteRange, OpenBlob } from '../blob-store';
import { BlobsUnavailableError } from '../blobs-unavailable.error';
import { BlobDamagedError } from '../sealing/blob-damaged.error';

export interface S3Options {
  bucket: string;
  region: string;
  /** Another service than Amazon's; buckets are then part of the path. */
  endpoint?: string | undefined;
  /** Left out: as the SDK finds them, for instance the role of the machine. */
  credentials?: { accessKeyId: string; secretAccessKey: string } | undefined;
  /** Goes before every name. */
  prefix?: string | undefined;
  /** Longest that one request may take. Default: 15000. */
  timeoutMs?: number;
}

const PART_BYTES = 8 * 1_048_576;
const REMOVED_AT_ONCE = 16;
const CONNECT_MS = 3_000;
const MOST_ATTEMPTS = 3;
/** So long a bucket that answered is not asked again how it is. */
const FINE_FOR_MS = 30_000;

/** Blobs in a bucket of anything that speaks S3. */
export class S3BlobStore implements BlobStore {
  readonly kind = 's3';
  private readonly client: S3Client;
  private fineUntil = 0;

  constructor(private readonly options: S3Options) {
    this.client = connect(options);
  }

  /** A large one goes in parts: no more than two of them are held. */
  async put(name: string, content: AsyncIterable<Uint8Array>): Promise<void> {
    const { client } = this;
    const Body = Readable.from(content, { objectMode: false });
    const params = { ...this.at(name), Body };
    const kept = await told(() =>
      new Upload({ client, params, partSize: PART_BYTES, queueSize: 1 }).done(),
    );
    if (kept.ETag === undefined) throw new BlobsUnavailableError('not kept');
  }

  async open(name: string, range?: ByteRange): Promise<OpenBlob | null> {
    const Range = range && `bytes=${range.from}-${range.to - 1}`;
    const found = await told(async () => {
      try {
        return await this.client.send(
          new GetObjectCommand({ ...this.at(name), ...(Range && { Range }) }),
        );
      } catch (error) {
        // No other 404: without its bucket, nobody knows what was in it.
        if (nameOf(error) === 'NoSuchKey') return null;
        throw error;
      }
    });
    if (!found) return null;
    const size = Number(found.ContentRange?.split('/')[1] ?? found.ContentLength);
    return { size, content: readable(found.Body as AsyncIterable<Uint8Array>) };
  }

  async remove(name: string): Promise<void> {
    await told(() => this.client.send(new DeleteObjectCommand(this.at(name))));
  }

  async removeAll(folder: string): Promise<number> {
    let removed = 0;
    let batch: Promise<unknown>[] = [];
    for await (const name of this.list(folder)) {
      batch.push(this.remove(name));
      removed += 1;
      if (batch.length === REMOVED_AT_ONCE) {
        await Promise.all(batch);
        batch = [];
      }
    }
    await Promise.all(batch);
    return removed;
  }

  async *list(folder: string): AsyncGenerator<string> {
    const Prefix = `${this.at(folder).Key}/`;
    const before = this.at('').Key.length;
    let ContinuationToken: string | undefined;
    do {
      const page = await told(() =>
        this.client.send(
          new ListObjectsV2Command({
            Bucket: this.options.bucket,
            Prefix,
            ...(ContinuationToken && { ContinuationToken }),
          }),
        ),
      );
      // Not the store but something in between: an empty list would be taken for nothing left.
      if (page.IsTruncated === undefined) throw new BlobsUnavailableError('no list');
      for (const { Key } of page.Contents ?? []) if (Key) yield Key.slice(before);
      ContinuationToken = page.IsTruncated ? page.NextContinuationToken : undefined;
    } while (ContinuationToken);
  }

  /** Lists, for that is what credentials need that are good for one prefix only. It is paid for: not all the time. */
  async check(): Promise<void> {
    const now = performance.now();
    if (now < this.fineUntil) return;
    const params = { Bucket: this.options.bucket, Prefix: this.at('').Key, MaxKeys: 1 };
    const page = await told(() => this.client.send(new ListObjectsV2Command(params)));
    if (page.IsTruncated === undefined) throw new BlobsUnavailableError('no list');
    this.fineUntil = now + FINE_FOR_MS;
  }

  close(): Promise<void> {
    this.client.destroy();
    return Promise.resolve();
  }

  private at(name: string): { Bucket: string; Key: string } {
    const { bucket, prefix = '' } = this.options;
    return { Bucket: bucket, Key: `${prefix}${name}` };
  }
}

function connect({ region, endpoint, credentials, timeoutMs = 15_000 }: S3Options): S3Client {
  return new S3Client({
    region,
    ...(endpoint && { endpoint, forcePathStyle: true }),
    ...(credentials && { credentials }),
    maxAttempts: MOST_ATTEMPTS,
    // Every chunk has a tag of its own; not everything that speaks S3 knows the newer checksums.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestHandler: {
      connectionTimeout: CONNECT_MS,
      requestTimeout: timeoutMs,
      throwOnRequestTimeout: true,
    },
  });
}

async function* readable(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* bytes;
  } catch (error) {
    throw asUnavailable(error);
  }
}

async function told<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw asUnavailable(error);
  }
}

/** Status and name alone: the message of the SDK may quote the request. */
function asUnavailable(error: unknown): Error {
  if (error instanceof BlobsUnavailableError || error instanceof BlobDamagedError) return error;
  return new BlobsUnavailableError([statusOf(error), nameOf(error)].filter(Boolean).join(' '));
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : 'unknown';
}

function statusOf(error: unknown): number | undefined {
  return (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode;
}
