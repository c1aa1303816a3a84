import { ROOT_CONTEXT, SpanStatusCode } from '@opentelemetry/api';
import { tracing } from '@opentelemetry/sdk-node';
import { SERVICE_KEY } from '../service-key';
import { AllowListProcessor } from './allow-list.processor';

const SAID = 'Zanzibar wants to acquire Quibblewick';

// Real: OpenTelemetry's spans. Fake: the collector.
describe('the allow-list of span attributes', () => {
  const collector = new tracing.InMemorySpanExporter();
  const processor = new AllowListProcessor(new tracing.SimpleSpanProcessor(collector));
  const tracer = new tracing.BasicTracerProvider({ spanProcessors: [processor] }).getTracer('test');

  beforeEach(() => {
    collector.reset();
  });

  const exported = (): tracing.ReadableSpan => {
    const [span] = collector.getFinishedSpans();
    if (!span) throw new Error('nothing was exported');
    return span;
  };

  it('lets through what it names, and nothing else, whoever set it', () => {
    const span = tracer.startSpan('POST /v1/meetings', {
      attributes: {
        'http.route': '/v1/meetings/:id',
        'http.response.status_code': 201,
        'url.full': `http://x/?q=${SAID}`,
        'db.query.text': SAID,
        'db.query.parameter.0': SAID,
        'http.request.header.authorization': 'Bearer abc',
        'user_agent.original': 'curl/8.1',
        'enduser.id': 'ana',
        'db.response.returned_rows': 3,
      },
    });
    span.setAttribute('messaging.body', SAID);
    span.end();
    expect(exported().attributes).toEqual({
      'http.route': '/v1/meetings/:id',
      'http.response.status_code': 201,
    });
  });

  it('takes off a named attribute that holds a sentence, a list or an email', () => {
    const span = tracer.startSpan('x', {
      attributes: {
        'parley.channel': SAID,
        'parley.provider': 'ana@zanzibar.example',
        'parley.outcome': [SAID],
        'error.type': 'x'.repeat(1_000),
      },
    });
    span.end();
    expect(exported().attributes).toEqual({});
  });

  it('keeps what errors say to itself', () => {
    const span = tracer.startSpan('x');
    span.recordException(new Error(SAID));
    span.setStatus({ code: SpanStatusCode.ERROR, message: SAID });
    span.end();
    expect(exported().events).toEqual([]);
    expect(exported().status).toEqual({ code: SpanStatusCode.ERROR });
  });

  it('does not let a name speak', () => {
    tracer.startSpan(`"${SAID}"`).end();
    expect(exported().name).toBe('unnamed');
  });

  it('says which service of the process worked', () => {
    tracer.startSpan('x', {}, ROOT_CONTEXT.setValue(SERVICE_KEY, 'asr')).end();
    expect(exported().attributes).toEqual({ 'parley.service': 'asr' });
  });
});
