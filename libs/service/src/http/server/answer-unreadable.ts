import type { OutgoingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { ProblemError } from '@parley/contracts';
import { endWithProblem } from './raw-answer';

const CUT_AFTER_MS = 1_000;

/** Answers what Node's parser gave up on: nonsense, headers without end, a request that never arrives whole. */
export function answerUnreadable(error: NodeJS.ErrnoException, socket: Duplex): void {
  const { _httpMessage: answer } = socket as { _httpMessage?: OutgoingMessage | null };
  if (!socket.writable || error.code === 'ECONNRESET' || answer?.headersSent) {
    socket.destroy();
    return;
  }
  endWithProblem(socket, problemOf(error.code));
  // Who sends and never reads would keep it open.
  setTimeout(() => socket.destroy(), CUT_AFTER_MS).unref();
}

function problemOf(code: string | undefined): ProblemError {
  switch (code) {
    case 'HPE_HEADER_OVERFLOW':
      return new ProblemError('headers-too-large', 'Headers here have at most 16 KiB.');
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return new ProblemError('request-timeout', 'The request did not arrive in time.');
    default:
      return new ProblemError('malformed-request', 'This is not a request that HTTP knows.');
  }
}
