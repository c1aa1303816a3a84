import { StreamableFile } from '@nestjs/common';
import { ExpressAdapter } from '@nestjs/platform-express';
import type { Express, Response } from 'express';
import { createExpressServer } from './server/express-server';

/**
 * Express without the detours that would cost more than all that the front door does: on the way in, changing
 * what Node made; on the way out, looking at every kind of body. What is not JSON goes its usual way.
 */
export class LeanExpressAdapter extends ExpressAdapter {
  override initHttpServer(): void {
    this.httpServer = createExpressServer(this.getInstance<Express>());
  }

  override reply(response: Response, body: unknown, statusCode?: number): unknown {
    if (!isJson(body) || !takesBody(response, statusCode)) {
      return super.reply(response, body, statusCode);
    }
    // Bytes: Node would encode a string once more, together with the headers.
    const bytes = Buffer.from(JSON.stringify(body));
    if (statusCode !== undefined) response.statusCode = statusCode;
    response.setHeader('Content-Type', 'application/json; charset=utf-8');
    response.setHeader('Content-Length', bytes.length);
    return response.end(bytes);
  }
}

function isJson(body: unknown): body is object {
  return (
    typeof body === 'object' &&
    body !== null &&
    !(body instanceof StreamableFile || body instanceof Error || ArrayBuffer.isView(body))
  );
}

/** Express knows what statuses without a body are to leave out, and what a type that was set before means. */
function takesBody(response: Response, status = response.statusCode): boolean {
  const bodiless = status < 200 || status === 204 || status === 205 || status === 304;
  return !bodiless && !response.headersSent && !response.hasHeader('Content-Type');
}
