import { EventEmitter, once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A span as it was exported. */
export interface ReceivedSpan {
  /** `service.name` of the process. */
  service: string;
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  /** 1 internal, 2 server, 3 client, 4 producer, 5 consumer. */
  kind: number;
  attributes: Record<string, string | number>;
  startTimeUnixNano: string;
}

interface Attribute {
  key: string;
  value: { stringValue?: string; intValue?: number; doubleValue?: number };
}

interface ExportRequest {
  resourceSpans: {
    resource: { attributes: Attribute[] };
    scopeSpans: { spans: (Omit<ReceivedSpan, 'attributes'> & { attributes?: Attribute[] })[] }[];
  }[];
}

const WAIT_LIMIT_MS = 20_000;

/** A collector on loopback: takes OTLP/HTTP in JSON and remembers every span. */
export class OtlpReceiver {
  readonly spans: ReceivedSpan[] = [];
  /** All that was sent, as it was sent. */
  raw = '';
  /** What the collector answers; anything but 200 is a collector that does not work. */
  status = 200;
  private readonly arrivals = new EventEmitter();
  private readonly server = createServer((request, response) => {
    void this.take(request).then(() => {
      response.writeHead(this.status, { 'content-type': 'application/json' }).end('{}');
    });
  });

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  static async start(): Promise<OtlpReceiver> {
    const receiver = new OtlpReceiver();
    await new Promise<void>((resolve) => receiver.server.listen(0, '127.0.0.1', resolve));
    return receiver;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  /** Resolves with the first span that fits, now or when it comes. */
  async span(fits: (span: ReceivedSpan) => boolean): Promise<ReceivedSpan> {
    const signal = AbortSignal.timeout(WAIT_LIMIT_MS);
    for (;;) {
      const found = this.spans.find(fits);
      if (found) return found;
      await once(this.arrivals, 'spans', { signal });
    }
  }

  /** Resolves when somebody has tried to export. */
  async asked(): Promise<void> {
    await once(this.arrivals, 'spans', { signal: AbortSignal.timeout(WAIT_LIMIT_MS) });
  }

  /** The spans from `span` up to the root of its trace, as far as they have been exported. */
  lineage(span: ReceivedSpan): ReceivedSpan[] {
    const parent = this.spans.find(({ spanId }) => spanId === span.parentSpanId);
    return parent ? [span, ...this.lineage(parent)] : [span];
  }

  private async take(request: IncomingMessage): Promise<void> {
    let body = '';
    for await (const part of request) body += String(part);
    if (this.status === 200) {
      this.raw += body;
      this.spans.push(...spansOf(JSON.parse(body) as ExportRequest));
    }
    this.arrivals.emit('spans');
  }
}

function spansOf({ resourceSpans }: ExportRequest): ReceivedSpan[] {
  return resourceSpans.flatMap(({ resource, scopeSpans }) => {
    const service = String(plain(resource.attributes)['service.name']);
    return scopeSpans.flatMap(({ spans }) =>
      spans.map((span) => ({ ...span, service, attributes: plain(span.attributes ?? []) })),
    );
  });
}

function plain(attributes: Attribute[]): Record<string, string | number> {
  return Object.fromEntries(
    attributes.map(({ key, value }) => [
      key,
      value.stringValue ?? value.intValue ?? value.doubleValue ?? '',
    ]),
  );
}
