import type { ServiceName } from '@parley/config';
import { ProblemError, type ProblemBody, type TimelineEntry } from '@parley/contracts';
import { createParser } from 'eventsource-parser';
import { AudioSender } from './audio-sender';

export type ServiceUrls = Record<ServiceName, string>;

/** An answer that was not a success, as the service explained it. */
export class AnswerError extends Error {
  override readonly name = 'AnswerError';

  constructor(
    readonly status: number,
    readonly problem: Partial<ProblemBody>,
  ) {
    super([problem.title, problem.detail, ...(problem.errors ?? [])].filter(Boolean).join(' '));
  }
}

/** Talks to a running system over its public API only, as any other program could. */
export class ParleyClient {
  constructor(readonly urls: ServiceUrls) {}

  async request<T>(service: ServiceName, method: string, path: string, body?: unknown): Promise<T> {
    const isForm = body instanceof FormData;
    const response = await fetch(new URL(path, this.urls[service]), {
      method,
      ...(body === undefined || isForm ? {} : { headers: { 'content-type': 'application/json' } }),
      ...(body === undefined ? {} : { body: isForm ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new AnswerError(response.status, problemIn(text));
    return JSON.parse(text) as T;
  }

  /** Opens a channel's audio socket and says `start`. */
  audio(meetingId: string, channel = 'main'): Promise<AudioSender> {
    return AudioSender.open(this.urls.ingestion, meetingId, channel);
  }

  /**
   * Follows a meeting's timeline, reconnecting where it left off, until `signal` fires.
   * @throws AnswerError when the meeting cannot be followed at all.
   */
  async follow(
    meetingId: string,
    onEntry: (entry: TimelineEntry) => void,
    signal: AbortSignal,
    afterCursor = 0,
  ): Promise<void> {
    let cursor = afterCursor;
    while (!signal.aborted) {
      try {
        await this.readEvents(meetingId, cursor, signal, (entry) => {
          cursor = entry.cursor ?? cursor;
          onEntry(entry);
        });
      } catch (error) {
        if (isAborted(signal)) return;
        if (error instanceof AnswerError || error instanceof ProblemError) throw error;
        await new Promise((resolve) => setTimeout(resolve, 500));
      }
    }
  }

  private async readEvents(
    meetingId: string,
    cursor: number,
    signal: AbortSignal,
    onEntry: (entry: TimelineEntry) => void,
  ): Promise<void> {
    const url = new URL(`/v1/meetings/${meetingId}/events`, this.urls.ingestion);
    const response = await fetch(url, { headers: { 'last-event-id': String(cursor) }, signal });
    if (!response.ok || !response.body) {
      throw new AnswerError(response.status, problemIn(await response.text()));
    }
    const parser = createParser({
      onEvent: ({ id, data }) => {
        const entry = JSON.parse(data) as TimelineEntry;
        onEntry(id === undefined ? entry : { ...entry, cursor: Number(id) });
      },
    });
    const decoder = new TextDecoder();
    for await (const chunk of response.body) {
      parser.feed(decoder.decode(chunk as Uint8Array, { stream: true }));
    }
  }
}

/** It may fire while something is awaited, which the compiler does not know. */
function isAborted(signal: AbortSignal): boolean {
  return signal.aborted;
}

function problemIn(text: string): Partial<ProblemBody> {
  try {
    return JSON.parse(text) as ProblemBody;
  } catch {
    return { title: 'The answer was not understood.' };
  }
}
