import { errorCode } from '../error-code';
import { AnswerTooLongError } from './answer-too-long.error';
import { isFilterRefusal } from './filtering-agent';

/** A call that brought no status back. `reason` is fit for a client: no address, no path. */
export class OutboundError extends Error {
  override readonly name = 'OutboundError';
  readonly reason: string;
  /** The filter stopped it before anything left the machine. */
  readonly refused: boolean;
  /** Something was written: the other side may have acted on it. */
  readonly written: boolean;

  constructor(cause: Error, facts: { timedOut: boolean; written: boolean }) {
    const refused = isFilterRefusal(cause);
    const reason = reasonOf(cause, refused, facts.timedOut);
    super(reason, { cause });
    this.reason = reason;
    this.refused = refused;
    this.written = facts.written;
  }
}

function reasonOf(cause: Error, refused: boolean, timedOut: boolean): string {
  if (refused) return 'the destination is a private address';
  if (timedOut) return 'no answer in time';
  if (cause instanceof AnswerTooLongError) return cause.message;
  const code = errorCode(cause);
  switch (code) {
    case 'ECONNREFUSED':
      return 'connection refused';
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return 'the host name cannot be resolved';
    case 'ECONNRESET':
    case 'EPIPE':
      return 'the connection was cut';
    default:
      return code.startsWith('HPE_') ? 'the answer was not HTTP' : 'the call failed';
  }
}
