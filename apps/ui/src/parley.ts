'use client';

import { createParleyClient, type ParleyClient, type ServiceName } from '@parley/client';

/** All of them, in the order in which audio becomes actions. */
export const SERVICES: ServiceName[] = ['ingestion', 'asr', 'nlu', 'rag', 'agent', 'integrations'];

export type FeedState = 'connecting' | 'live' | 'lost';

export interface PageClientOptions {
  /** Where sockets go: the page's own server passes none on. */
  socketUrl?: string;
  /** Is told what becomes of the live feed's connection. */
  onFeed?: (state: FeedState) => void;
}

/** The typed client, by way of the page's own server, which adds who is signed in. */
export function pageClient({ socketUrl, onFeed }: PageClientOptions = {}): ParleyClient {
  const { origin } = window.location;
  return createParleyClient({
    baseUrls: Object.fromEntries(SERVICES.map((name) => [name, `${origin}/api/${name}`])),
    ...(socketUrl ? { socketUrl } : {}),
    socketTickets: true,
    fetch: async (request) => {
      const feed = onFeed && request.url.endsWith('/events') ? onFeed : undefined;
      feed?.('connecting');
      const response = await fetch(request).catch((error: unknown) => {
        feed?.('lost');
        throw error;
      });
      if (response.status === 401) signIn();
      return feed ? watched(response, feed) : response;
    },
  });
}

function signIn(): void {
  const { pathname, search } = window.location;
  window.location.assign(`/sign-in?next=${encodeURIComponent(pathname + search)}`);
}

/** The same answer, whose end is told. */
function watched(response: Response, feed: (state: FeedState) => void): Response {
  if (!response.ok || !response.body) {
    feed('lost');
    return response;
  }
  feed('live');
  const reader = response.body.getReader();
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const { done, value } = await reader.read();
        if (value) controller.enqueue(value);
        if (!done) return;
        feed('lost');
        controller.close();
      } catch (error) {
        feed('lost');
        controller.error(error);
      }
    },
    cancel: (reason) => reader.cancel(reason),
  });
  return new Response(body, { status: response.status, headers: response.headers });
}
