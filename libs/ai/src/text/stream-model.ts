import type { ChatCompletionChunk } from 'openai/resources/chat/completions';
import type { CompletionUsage } from 'openai/resources/completions';
import { ModelFailedError } from './model-failed.error';
import { toModelFailed } from './openai-client';

/** Longer answers are cut off: a model that never ends must not be paid for, nor read, for ever. */
const MOST_CHARACTERS = 16_000;

export interface StreamLimits {
  signal?: AbortSignal | undefined;
  /** For the whole answer. */
  timeoutMs: number;
  /** Between two pieces, and before the first. */
  idleMs: number;
  /** Is told what the endpoint says it used, which it does in the last chunk, if at all. */
  onUsage?: (usage: CompletionUsage) => void;
}

/**
 * Reads a streamed completion, bounded in time, silence and size.
 * @throws ModelFailedError whatever went wrong there; the reason of `signal` when the caller gave up.
 */
export async function* streamModel(
  engine: string,
  open: (signal: AbortSignal) => Promise<AsyncIterable<ChatCompletionChunk>>,
  { signal, timeoutMs, idleMs, onUsage }: StreamLimits,
): AsyncIterable<string> {
  signal?.throwIfAborted();
  const limit = AbortSignal.timeout(timeoutMs);
  const silence = new AbortController();
  const patience = setTimeout(() => {
    silence.abort();
  }, idleMs);
  const signals = [limit, silence.signal, signal].filter((one) => one !== undefined);
  const stop = AbortSignal.any(signals);
  let characters = 0;
  let finished = false;
  let usage: CompletionUsage | undefined;
  try {
    for await (const chunk of await open(stop)) {
      patience.refresh();
      if (chunk.usage) usage = chunk.usage;
      // Typed as present, but "compatible" servers leave things out.
      const [choice] = (chunk.choices as typeof chunk.choices | undefined) ?? [];
      const piece = choice?.delta.content ?? '';
      characters += piece.length;
      if (characters > MOST_CHARACTERS) throw outOfShape(engine, 'the answer does not end');
      if (piece !== '') yield piece;
      if (choice?.finish_reason) finished = choice.finish_reason === 'stop';
    }
    // The SDK ends an aborted stream as if it were complete.
    stop.throwIfAborted();
    if (!finished) throw outOfShape(engine, 'the answer was cut short');
  } catch (error) {
    signal?.throwIfAborted();
    const timedOut = limit.aborted || silence.signal.aborted;
    throw toModelFailed(engine, error, timedOut, limit.aborted ? timeoutMs : idleMs);
  } finally {
    clearTimeout(patience);
    silence.abort();
    // Once, of the last: some servers send a running count with every chunk.
    if (usage) onUsage?.(usage);
  }
}

function outOfShape(engine: string, detail: string): ModelFailedError {
  return new ModelFailedError(engine, 'out-of-shape', detail);
}
