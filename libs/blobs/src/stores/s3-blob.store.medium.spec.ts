import { FakeS3 } from '@parley/testing';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { blobName } from '../blob-name';
import { BlobsUnavailableError } from '../blobs-unavailable.error';
import { blobStoreContract } from '../testing/blob-store.contract';
import { S3BlobStore } from './s3-blob.store';

const running: FakeS3[] = [];

async function bucket(): Promise<FakeS3> {
  // Small pages: a list of three is read in two.
  const s3 = await new FakeS3({ pageSize: 2 }).start();
  running.push(s3);
  return s3;
}

function storeIn(s3: FakeS3, secretAccessKey = s3.secretAccessKey): S3BlobStore {
  return new S3BlobStore({
    bucket: 'parley',
    prefix: 'test/',
    region: s3.region,
    endpoint: s3.url,
    credentials: { accessKeyId: s3.accessKeyId, secretAccessKey },
    timeoutMs: 500,
  });
}

async function* piece(text: string): AsyncGenerator<Buffer> {
  yield await Promise.resolve(Buffer.from(text));
}

afterAll(async () => {
  await Promise.all(running.map((s3) => s3.stop()));
});

// Real: Amazon's SDK and HTTP. The fake checks every signature and the hash of every body.
blobStoreContract('s3', async () => storeIn(await bucket()));

describe('blobs in a bucket', () => {
  const name = blobName('tests', 'a');
  let s3: FakeS3;
  let store: S3BlobStore;
  beforeEach(async () => {
    s3 = await bucket();
    store = storeIn(s3);
  });
  afterEach(() => store.close());

  it('puts everything below its prefix', async () => {
    await store.put(name, piece('x'));
    expect([...s3.objects.keys()]).toEqual(['/parley/test/tests/a']);
  });

  it('asks the bucket once in a while how it is, and at once again while it refuses', async () => {
    const strange = storeIn(s3, 'not the secret');
    await expect(strange.check()).rejects.toThrow(BlobsUnavailableError);
    await expect(strange.check()).rejects.toThrow(BlobsUnavailableError);
    await strange.close();
    s3.calls.length = 0;
    await store.check();
    await store.check();
    expect(s3.calls).toHaveLength(1);
  });

  it('tries again what failed on the way', async () => {
    s3.failNext({ kind: 'status', status: 503 }, { kind: 'reset' });
    await store.put(name, piece('x'));
    expect(s3.calls).toHaveLength(3);
    expect(s3.objects.size).toBe(1);
  });

  it.each([
    ['hangs', { kind: 'hang' }],
    ['fails', { kind: 'status', status: 500 }],
    ['answers a page of HTML', { kind: 'html' }],
  ] as const)('says that a store that %s cannot be reached', async (_how, fault) => {
    s3.failNext(fault, fault, fault, fault);
    const listed = async () => {
      for await (const one of store.list('tests')) return one;
      return null;
    };
    await expect(listed()).rejects.toBeInstanceOf(BlobsUnavailableError);
  });

  it('says no more of a refusal than its code', async () => {
    const stranger = storeIn(s3, 'another secret');
    const refusal: unknown = await stranger.put(name, piece('x')).catch((error: unknown) => error);
    await stranger.close();
    expect(refusal).toEqual(new BlobsUnavailableError('403 SignatureDoesNotMatch'));
    expect(s3.objects.size).toBe(0);
  });

  it('does not take a page of HTML for a promise to keep', async () => {
    s3.failNext({ kind: 'html' });
    await expect(store.put(name, piece('x'))).rejects.toBeInstanceOf(BlobsUnavailableError);
  });

  it('does not take a bucket that is gone for a blob that is', async () => {
    s3.failNext({ kind: 'status', status: 404 });
    await expect(store.open(name)).rejects.toBeInstanceOf(BlobsUnavailableError);
  });

  it('leaves no part of a large one behind that breaks off', async () => {
    const large = async function* (): AsyncGenerator<Buffer> {
      for (let at = 0; at < 20; at += 1) yield await Promise.resolve(Buffer.alloc(1_048_576));
      throw new Error('the source broke off');
    };
    await expect(store.put(name, large())).rejects.toThrow();
    expect(s3.calls.some((call) => call.startsWith('POST'))).toBe(true);
    expect(s3.uploads.size).toBe(0);
  });

  it('says so when what it reads is cut off', async () => {
    await store.put(name, piece('x'.repeat(100_000)));
    s3.failNext({ kind: 'reset' }, { kind: 'reset' }, { kind: 'reset' });
    const read = async () => buffer((await store.open(name))?.content ?? Readable.from([]));
    await expect(read()).rejects.toBeInstanceOf(BlobsUnavailableError);
  });
});
