import type { Context } from '@opentelemetry/api';
import type { tracing } from '@opentelemetry/sdk-node';
import { SERVICE_KEY } from '../service-key';
import { SPAN_ATTRIBUTES } from '../span-attributes';

const ALLOWED: ReadonlySet<string> = new Set(SPAN_ATTRIBUTES);
/** No blanks, no quotes, no @: no sentence and no email. */
const WORD = /^[\w.:/{}*-]{1,200}$/;
const NAME = /^[\w .:/{}*-]{1,120}$/;

/** Takes off every span what the list of attributes does not name, before anybody can send it. */
export class AllowListProcessor implements tracing.SpanProcessor {
  constructor(private readonly next: tracing.SpanProcessor) {}

  onStart(span: tracing.Span, parent: Context): void {
    const service = parent.getValue(SERVICE_KEY);
    if (typeof service === 'string') span.setAttribute('parley.service', service);
    this.next.onStart(span, parent);
  }

  onEnd(span: tracing.ReadableSpan): void {
    for (const [name, value] of Object.entries(span.attributes)) {
      const fits = typeof value === 'number' || (typeof value === 'string' && WORD.test(value));
      if (!ALLOWED.has(name) || !fits) Reflect.deleteProperty(span.attributes, name);
    }
    // Events are exceptions with their messages and stacks; a status' message is an error's, too.
    span.events.splice(0);
    delete span.status.message;
    if (!NAME.test(span.name)) Object.assign(span, { name: 'unnamed' });
    this.next.onEnd(span);
  }

  forceFlush(): Promise<void> {
    return this.next.forceFlush();
  }

  shutdown(): Promise<void> {
    return this.next.shutdown();
  }
}
