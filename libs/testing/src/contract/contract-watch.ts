import { SERVICE_NAMES, type ServiceName } from '@parley/config';
import { createParser } from 'eventsource-parser';
import { contractOf } from './expect-contract';

/** A `fetch` for the client that compares every answer, and every event of a stream, with the documents. */
export class ContractWatch {
  /** What was not as documented. */
  readonly violations: string[] = [];
  /** So many answers and events were compared. */
  checked = 0;

  constructor(private readonly urls: Record<ServiceName, string>) {}

  readonly fetch = async (request: Request): Promise<Response> => {
    const response = await fetch(request);
    const url = new URL(request.url);
    const service = SERVICE_NAMES.find((name) => new URL(this.urls[name]).host === url.host);
    if (!service) throw new Error(`no service listens at ${url.host}`);
    const isStream = response.headers.get('content-type')?.startsWith('text/event-stream') ?? false;
    this.note(
      contractOf(service).violations({
        method: request.method,
        path: url.pathname,
        status: response.status,
        headers: response.headers,
        body: isStream ? '' : await response.clone().text(),
      }),
    );
    return isStream ? this.watched(service, response) : response;
  };

  private watched(service: ServiceName, response: Response): Response {
    const decoder = new TextDecoder();
    const parser = createParser({
      onEvent: ({ data }) => {
        this.note(contractOf(service).eventViolations('TimelineEntry', data));
      },
    });
    const watch = new TransformStream<Uint8Array, Uint8Array>({
      transform: (chunk, controller) => {
        parser.feed(decoder.decode(chunk, { stream: true }));
        controller.enqueue(chunk);
      },
    });
    return new Response(response.body?.pipeThrough(watch) ?? null, response);
  }

  private note(violations: string[]): void {
    this.checked += 1;
    this.violations.push(...violations);
  }
}
