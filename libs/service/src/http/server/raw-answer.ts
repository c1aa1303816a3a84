import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import type { ProblemError } from '@parley/contracts';
import { API_HEADERS } from '../headers/security-headers';

const HEADERS = API_HEADERS.map(([name, value]) => `${name}: ${value}\r\n`).join('');

/** Answers with a problem where there is no response to write to, and closes the connection. */
export function endWithProblem(
  socket: Duplex,
  problem: ProblemError,
  requestId: string = randomUUID(),
  headers: Record<string, string> = {},
): void {
  const content = problem.toBody({ requestId });
  if (problem.code === 'internal') delete content.detail;
  const body = JSON.stringify(content);
  const more = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status] ?? ''}\r\n` +
      HEADERS +
      more.join('') +
      `X-Request-ID: ${requestId}\r\n` +
      'Content-Type: application/problem+json; charset=utf-8\r\n' +
      `Content-Length: ${Buffer.byteLength(body)}\r\n` +
      `Connection: close\r\n\r\n${body}`,
  );
}
