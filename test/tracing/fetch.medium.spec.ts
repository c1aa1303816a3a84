import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PROJECT_ROOT } from '@parley/config';
import { OtlpReceiver } from '@parley/testing';

/** Calls an echo of the trace context: with a header set by hand, without one, and outside of any span. */
const SCRIPT = `
  require('reflect-metadata');
  require('./dist/libs/tracing/src').startTracing('caller');
  const { inSpan, requestContext, flushTraces } = require('./dist/libs/observability/src');
  const main = async () => {
    const url = process.env.ECHO_URL + '/?word=Zanzibar';
    const ask = async (headers) => (await fetch(url, { headers })).text();
    const outside = await ask({});
    const inside = await inSpan('work', { parent: 'root' }, async () => {
      const { traceparent } = requestContext();
      return { own: traceparent, byHand: await ask({ traceparent }), plain: await ask({}) };
    });
    await flushTraces();
    console.log(JSON.stringify({ outside, ...inside }));
    process.exit(0);
  };
  void main();`;

// Real: fetch, HTTP on loopback, OpenTelemetry, in a process of its own.
describe('a call by fetch inside a span', () => {
  it('names its own span to the callee, in place of a header set by hand', async () => {
    const collector = await OtlpReceiver.start();
    const echo = createServer((request, response) => {
      response.end(request.headers.traceparent ?? 'none');
    }).listen(0, '127.0.0.1');
    await once(echo, 'listening');
    const child = spawn(process.execPath, ['-e', SCRIPT], {
      cwd: PROJECT_ROOT,
      env: {
        PATH: process.env.PATH,
        OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
        ECHO_URL: `http://127.0.0.1:${(echo.address() as AddressInfo).port}`,
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    await once(child, 'exit');
    await collector.stop();
    echo.close();

    const told = JSON.parse(output) as Record<'outside' | 'own' | 'byHand' | 'plain', string>;
    const calls = collector.spans.filter(({ name, kind }) => name === 'GET' && kind === 3);
    const [, traceId, spanId] = told.own.split('-');
    expect(told.outside).toBe('none');
    expect([told.byHand, told.plain]).toEqual(
      calls.map((call) => `00-${String(traceId)}-${call.spanId}-01`),
    );
    expect(calls.map(({ parentSpanId }) => parentSpanId)).toEqual([spanId, spanId]);
    expect(calls[0]?.attributes).toMatchObject({ 'http.response.status_code': 200 });
    expect(collector.raw).not.toContain('Zanzibar');
  });
});
