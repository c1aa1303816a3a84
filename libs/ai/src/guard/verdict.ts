import { isModelFailed } from '../text/model-failed.error';

/** What the end of a request says of the endpoint. */
export type Verdict = 'answered' | 'failed' | 'timed-out' | 'unknown';

/**
 * Whether an error tells that the endpoint is unwell. One that refuses a request, asks for patience (429), or answers what
 * cannot be used has answered; a mistake of ours tells nothing.
 */
export function verdictOn(error: unknown): Verdict {
  if (!isModelFailed(error)) return 'unknown';
  switch (error.reason) {
    case 'timeout':
      return 'timed-out';
    case 'unreachable':
    case 'busy':
      return 'failed';
    case 'refused':
      return (error.status ?? 0) >= 500 ? 'failed' : 'answered';
    case 'out-of-shape':
      return 'answered';
    case 'resting':
    case 'closed':
    case 'budget-spent':
      return 'unknown';
  }
}
