import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { Agent, METHODS, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Controller, Get, Module, Param, Post, Sse } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { HttpMetrics, MetricsModule } from '@parley/observability';
import { Registry } from 'prom-client';
import { of } from 'rxjs';
import type { NextFunction, Request, Response } from 'express';
import { recordAnswer } from './record-answer';

@Controller('v1/things')
class ThingsController {
  @Get(':id')
  get(@Param('id') id: string): { id: string } {
    return { id };
  }

  @Post()
  make(): void {
    // Only that it is there matters.
  }

  @Sse(':id/feed')
  feed() {
    return of({ data: 'one' });
  }
}

@Module({ imports: [MetricsModule.forService('demo')], controllers: [ThingsController] })
class DemoModule {}

// Real: HTTP on loopback, Nest, Express, prom-client; promtool where the machine has it.
describe('the metrics of requests', () => {
  let app: NestExpressApplication;
  const agent = new Agent({ keepAlive: true, maxSockets: 16 });

  beforeEach(async () => {
    app = await NestFactory.create<NestExpressApplication>(DemoModule, { logger: false });
    const metrics = app.get(HttpMetrics);
    app.use((request: Request, response: Response, next: NextFunction) => {
      const startedAt = performance.now();
      response.once('close', () => {
        recordAnswer(metrics, request, response, startedAt);
      });
      next();
    });
    await app.listen(0, '127.0.0.1');
  });
  afterEach(() => app.close());
  afterAll(() => {
    agent.destroy();
  });

  function send(method: string, path: string): Promise<void> {
    const { port } = (app.getHttpServer() as { address(): AddressInfo }).address();
    return new Promise((resolve, reject) => {
      const sent = request({ port, host: '127.0.0.1', method, path, agent }, (response) => {
        response.resume().once('end', resolve);
      });
      sent.once('error', reject).end();
    });
  }

  const series = async (): Promise<string[]> =>
    (await app.get(Registry).metrics())
      .split('\n')
      .filter((line) => line.startsWith('demo_http'))
      .map((line) => line.replace(/ [^ ]*$/, ''));

  it('do not grow over 10,000 random addresses and methods', async () => {
    // CONNECT and QUERY have a protocol of their own.
    const methods = METHODS.filter((method) => !['CONNECT', 'QUERY'].includes(method));
    const flood = async (count: number): Promise<void> => {
      const one = (nth: number): Promise<void> => {
        const word = randomBytes(6).toString('hex');
        const path = nth % 2 === 0 ? `/${word}/${word}` : `/v1/things/${word}?${word}=${word}`;
        return send(methods[nth % methods.length] ?? 'GET', path);
      };
      for (let sent = 0; sent < count; sent += 100) {
        await Promise.all(Array.from({ length: 100 }, (_, nth) => one(sent + nth)));
      }
    };
    await flood(200);
    const early = await series();
    await flood(9_800);
    expect(await series()).toEqual(early);
    expect(early.length).toBeLessThan(500);
    expect(early.some((name) => name.includes('method="other"'))).toBe(true);
  }, 300_000);

  it('name the route by its template, and a stream has no duration', async () => {
    await send('GET', '/v1/things/17');
    await send('GET', '/v1/things/17/feed');
    const found = await series();
    expect(found).toContain(
      'demo_http_requests_total{method="GET",path="/v1/things/:id",status="200"}',
    );
    expect(found).toContain(
      'demo_http_requests_total{method="GET",path="/v1/things/:id/feed",status="200"}',
    );
    expect(found).not.toContain(
      'demo_http_request_duration_seconds_count{method="GET",path="/v1/things/:id/feed"}',
    );
  });

  const hasPromtool = spawnSync('promtool', ['--version']).status === 0;
  (hasPromtool ? it : it.skip)('are clean by the lint of Prometheus', async () => {
    await send('GET', '/v1/things/17');
    const input = await app.get(Registry).metrics();
    const { status, stderr } = spawnSync('promtool', ['check', 'metrics'], { input });
    expect([stderr.toString(), status]).toEqual(['', 0]);
  });
});
