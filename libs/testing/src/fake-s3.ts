import { createHash, createHmac, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { misbehave, type ProviderFault } from './fake-provider';

export interface FakeS3Options {
  accessKeyId?: string;
  secretAccessKey?: string;
  /** So many names stand on a page of a list. */
  pageSize?: number;
}

/** A bucket store that speaks S3 on loopback: it checks every signature and every body's hash; with faults on demand. */
export class FakeS3 {
  /** What it keeps, by `/bucket/key`. */
  readonly objects = new Map<string, Buffer>();
  /** What was asked for, in order: `PUT /bucket/key`. */
  readonly calls: string[] = [];
  /** Parts of uploads that were neither completed nor given up, by upload. */
  readonly uploads = new Map<string, Map<number, Buffer>>();
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly region = 'eu-test-1';
  url = '';
  private readonly pageSize: number;
  private readonly faults: ProviderFault[] = [];
  private readonly server: Server = createServer();

  constructor(options: FakeS3Options = {}) {
    this.accessKeyId = options.accessKeyId ?? 'the-test';
    this.secretAccessKey = options.secretAccessKey ?? 'a secret of the test';
    this.pageSize = options.pageSize ?? 1_000;
  }

  /** @returns itself, listening. */
  async start(): Promise<this> {
    this.server.on('request', (request, response) => {
      this.take(request, response).catch(() => response.destroy());
    });
    await once(this.server.listen(0, '127.0.0.1'), 'listening');
    this.url = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
    return this;
  }

  /** One fault for each of the next requests; after them it works again. */
  failNext(...faults: ProviderFault[]): void {
    this.faults.push(...faults);
  }

  async stop(): Promise<void> {
    const closed = new Promise((done) => this.server.close(done));
    this.server.closeAllConnections();
    await closed;
  }

  private async take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', this.url);
    const body = await buffer(request);
    this.calls.push(`${request.method ?? ''} ${url.pathname}`);
    const fault = this.faults.shift();
    if (fault) {
      misbehave(response, fault);
      return;
    }
    const refusal = this.refusal(request, url, body);
    if (refusal) answerError(response, 403, refusal);
    else this.answer(request, response, url, body);
  }

  private answer(
    { method, headers }: IncomingMessage,
    response: ServerResponse,
    url: URL,
    body: Buffer,
  ): void {
    const key = decodeURIComponent(url.pathname);
    const upload = url.searchParams.get('uploadId');
    if (method === 'POST' && url.searchParams.has('uploads')) this.beginUpload(response);
    else if (upload !== null) this.continueUpload(method, response, url, upload, body);
    else if (method === 'PUT') {
      this.objects.set(key, body);
      response.setHeader('etag', etagOf(body)).end();
    } else if (method === 'DELETE') {
      this.objects.delete(key);
      response.writeHead(204).end();
    } else if (url.searchParams.get('list-type') === '2') this.list(response, url);
    else if (method === 'GET') this.give(response, this.objects.get(key), headers.range);
    else answerError(response, 501, 'NotImplemented');
  }

  private give(response: ServerResponse, found: Buffer | undefined, range?: string): void {
    if (!found) {
      answerError(response, 404, 'NoSuchKey');
      return;
    }
    const asked = /^bytes=(\d+)-(\d+)$/.exec(range ?? '');
    if (!asked) {
      response.setHeader('content-length', found.length).end(found);
      return;
    }
    const [from, last] = [Number(asked[1]), Math.min(Number(asked[2]), found.length - 1)];
    if (from > last) {
      answerError(response, 416, 'InvalidRange');
      return;
    }
    response.writeHead(206, {
      'content-range': `bytes ${from}-${last}/${found.length}`,
      'content-length': last + 1 - from,
    });
    response.end(found.subarray(from, last + 1));
  }

  private list(response: ServerResponse, url: URL): void {
    const bucket = `/${url.pathname.split('/')[1] ?? ''}/`;
    const prefix = url.searchParams.get('prefix') ?? '';
    const after = url.searchParams.get('continuation-token') ?? '';
    const keys = [...this.objects.keys()]
      .filter((key) => key.startsWith(bucket + prefix))
      .map((key) => key.slice(bucket.length))
      .filter((key) => key > after)
      .sort();
    const page = keys.slice(0, this.pageSize);
    const isTruncated = keys.length > page.length;
    const next = isTruncated
      ? `<NextContinuationToken>${page.at(-1) ?? ''}</NextContinuationToken>`
      : '';
    const contents = page.map((key) => `<Contents><Key>${key}</Key></Contents>`).join('');
    answerXml(
      response,
      `<ListBucketResult><IsTruncated>${String(isTruncated)}</IsTruncated>${next}${contents}</ListBucketResult>`,
    );
  }

  private beginUpload(response: ServerResponse): void {
    const id = randomUUID();
    this.uploads.set(id, new Map());
    answerXml(
      response,
      `<InitiateMultipartUploadResult><UploadId>${id}</UploadId></InitiateMultipartUploadResult>`,
    );
  }

  private continueUpload(
    method: string | undefined,
    response: ServerResponse,
    url: URL,
    upload: string,
    body: Buffer,
  ): void {
    const parts = this.uploads.get(upload);
    if (!parts) {
      answerError(response, 404, 'NoSuchUpload');
    } else if (method === 'PUT') {
      parts.set(Number(url.searchParams.get('partNumber')), body);
      response.setHeader('etag', etagOf(body)).end();
    } else if (method === 'POST') {
      const inOrder = [...parts].sort(([a], [b]) => a - b).map(([, part]) => part);
      this.objects.set(decodeURIComponent(url.pathname), Buffer.concat(inOrder));
      this.uploads.delete(upload);
      answerXml(
        response,
        '<CompleteMultipartUploadResult><ETag>"whole"</ETag></CompleteMultipartUploadResult>',
      );
    } else {
      this.uploads.delete(upload);
      response.writeHead(204).end();
    }
  }

  /** Why the signature (version 4) of a request does not hold; null when it does. */
  private refusal({ method, headers }: IncomingMessage, url: URL, body: Buffer): string | null {
    const given =
      /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/.exec(
        headers.authorization ?? '',
      );
    if (!given) return 'AccessDenied';
    const [, keyId, day = '', region = '', names = '', signature] = given;
    if (keyId !== this.accessKeyId) return 'InvalidAccessKeyId';
    if (region !== this.region) return 'AuthorizationHeaderMalformed';
    const hash = String(headers['x-amz-content-sha256']);
    if (hash !== sha256(body)) return 'XAmzContentSHA256Mismatch';
    const signed = names.split(';').map((name) => `${name}:${String(headers[name]).trim()}\n`);
    const query = [...url.searchParams]
      .map(([name, value]) => `${encode(name)}=${encode(value)}`)
      .sort();
    const canonical = [method, url.pathname, query.join('&'), signed.join(''), names, hash];
    const scope = `${day}/${region}/s3/aws4_request`;
    const at = String(headers['x-amz-date']);
    const text = ['AWS4-HMAC-SHA256', at, scope, sha256(canonical.join('\n'))].join('\n');
    const key = [day, region, 's3', 'aws4_request'].reduce<Buffer>(
      (secret, part) => createHmac('sha256', secret).update(part).digest(),
      Buffer.from(`AWS4${this.secretAccessKey}`),
    );
    const expected = createHmac('sha256', key).update(text).digest('hex');
    return expected === signature ? null : 'SignatureDoesNotMatch';
  }
}

function sha256(content: Buffer | string): string {
  return createHash('sha256').update(content).digest('hex');
}

function etagOf(body: Buffer): string {
  return `"${createHash('md5').update(body).digest('hex')}"`;
}

/** As signatures write it: what `encodeURIComponent` leaves as it is, too. */
function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function answerXml(response: ServerResponse, xml: string): void {
  response.setHeader('content-type', 'application/xml');
  response.end(`<?xml version="1.0" encoding="UTF-8"?>${xml}`);
}

function answerError(response: ServerResponse, status: number, code: string): void {
  response.statusCode = status;
  answerXml(response, `<Error><Code>${code}</Code><Message>${code}</Message></Error>`);
}
