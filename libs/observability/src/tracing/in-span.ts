import {
  context as active,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  type Context,
  type Span,
} from '@opentelemetry/api';
import { isTracing, type SpanAttributes } from '@parley/tracing';
import { requestContext, runInContext } from '../context/request-context';
import { describeError } from '../logging/describe-error';
import { toSpanContext, toTraceparent } from './traceparent';

export interface InSpanOptions {
  /** Default: internal. */
  kind?: 'internal' | 'client' | 'producer' | 'consumer';
  /** `root` begins a trace; a W3C trace context continues that one. Default: what is in hand. */
  parent?: string;
  /** Of which of the process's services; default: the request context's. */
  service?: string;
  /** The work began that long ago. Default: 0. */
  beganMsAgo?: number;
  attributes?: SpanAttributes;
}

const KINDS = {
  internal: SpanKind.INTERNAL,
  client: SpanKind.CLIENT,
  producer: SpanKind.PRODUCER,
  consumer: SpanKind.CONSUMER,
};

/**
 * Runs `work` in a span; in its request context `traceparent` names that span, so that logs, events and calls
 * belong to it. Where nothing is traced, only runs `work`.
 * @param name a short constant, or made of constants: it is exported as it is.
 */
export function inSpan<T>(
  name: string,
  options: InSpanOptions,
  work: () => Promise<T>,
): Promise<T> {
  return isTracing() ? traced(name, options, work) : work();
}

async function traced<T>(name: string, options: InSpanOptions, work: () => Promise<T>): Promise<T> {
  const { kind = 'internal', attributes = {}, beganMsAgo = 0 } = options;
  const parent = parentOf(options.parent);
  const began = { kind: KINDS[kind], attributes, startTime: Date.now() - beganMsAgo };
  const span = trace.getTracer('parley').startSpan(name, { ...began, ...linksOf(parent) }, parent);
  const context = requestContext();
  const service = options.service ?? context.service;
  const traceparent = toTraceparent(span.spanContext());
  try {
    return await active.with(trace.setSpan(parent, span), () =>
      runInContext({ ...context, service, traceparent }, work),
    );
  } catch (error) {
    fail(span, error);
    throw error;
  } finally {
    span.end();
  }
}

function parentOf(parent: string | undefined): Context {
  if (parent === undefined) return active.active();
  const remote = toSpanContext(parent);
  return remote ? trace.setSpanContext(ROOT_CONTEXT, remote) : ROOT_CONTEXT;
}

/** Work that goes on in another trace than the one it was asked for in says so. */
function linksOf(parent: Context): { links?: { context: ReturnType<Span['spanContext']> }[] } {
  const asking = trace.getActiveSpan();
  if (!asking?.isRecording()) return {};
  const from = asking.spanContext();
  const into = trace.getSpanContext(parent);
  return into?.traceId === from.traceId ? {} : { links: [{ context: from }] };
}

function fail(span: Span, error: unknown): void {
  const { name, code } = describeError(error);
  span.setStatus({ code: SpanStatusCode.ERROR });
  span.setAttribute('error.type', code ?? name);
}
