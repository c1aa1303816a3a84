import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { takeOrder, type Order } from './order';
import { reportReady } from './server-messages';

/** A second baseline: the same route on Node.js by itself, with no framework and no checks. */
const server = createServer((request, response) => {
  void bodyOf(request).then((text) => {
    const body = JSON.stringify(takeOrder(JSON.parse(text) as Order));
    const headers = {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
    };
    response.writeHead(201, headers).end(body);
  });
});

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text;
}

server.listen(0, '127.0.0.1', () => {
  reportReady((server.address() as AddressInfo).port);
});
