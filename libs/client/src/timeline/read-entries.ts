import { createParser } from 'eventsource-parser';
import type { TimelineEntry } from '../schemas';
import { Silence } from './silence';

/** Parses server-sent events as they arrive; leaving early, or `signal`, closes the connection. */
export async function* readEntries(
  body: ReadableStream<Uint8Array>,
  signal: AbortSignal,
): AsyncGenerator<TimelineEntry, void> {
  const arrived: TimelineEntry[] = [];
  const parser = createParser({
    onEvent: ({ id, data }) => {
      const entry = JSON.parse(data) as TimelineEntry;
      arrived.push(id === undefined ? entry : { ...entry, cursor: Number(id) });
    },
  });
  const decoder = new TextDecoder();
  // Not `for await`: not every browser's streams can be iterated.
  const reader = body.getReader();
  // Not left to `fetch`: Node 20 forgets the signal of a request that was garbage-collected while its body is read.
  const stop = (): void => {
    reader.cancel().catch(() => undefined);
  };
  const silence = new Silence(stop);
  signal.addEventListener('abort', stop);
  if (signal.aborted) stop();
  try {
    for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
      silence.heard();
      parser.feed(decoder.decode(chunk.value, { stream: true }));
      yield* arrived.splice(0);
    }
  } finally {
    silence.over();
    signal.removeEventListener('abort', stop);
    await reader.cancel().catch(() => undefined);
  }
}
