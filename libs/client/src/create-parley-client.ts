import createClient from 'openapi-fetch';
import { audioLine } from './audio/audio-line';
import { AudioSender, type SendAudioOptions } from './audio/audio-sender';
import type { SocketService } from './sockets/meeting-socket';
import { openGlobalSocket, type OpenSocket } from './sockets/socket';
import { eventStreamFeed } from './timeline/event-stream-feed';
import { socketFeed } from './timeline/socket-feed';
import { idempotencyKeys } from './idempotency-keys';
import { unwrap } from './problems/unwrap';
import type { DocumentView, TimelineEntry, UploadedRecording } from './schemas';
import type { Fetch } from './fetch';
import { LOCAL_URLS, type ServiceClients, type ServiceName, type ServiceUrls } from './services';
import { subscribe, type SubscribeOptions } from './timeline/subscribe';

export interface ParleyClientOptions {
  /** Default: the ports of `npm start` on localhost. */
  baseUrls?: Partial<ServiceUrls>;
  /** Sent as `Authorization: Bearer` where auth is on. */
  apiKey?: string;
  /** Default: the global one. */
  fetch?: Fetch;
  /** Sent with every request. */
  headers?: Record<string, string>;
  /** Default: true: every write carries an `Idempotency-Key`, a fresh one unless the call names its own. */
  idempotencyKeys?: boolean;
  /** Where sockets go when that is not where requests go: a proxy may pass only these on. Default: as `baseUrls`. */
  socketUrl?: string;
  /** Sockets show a ticket. Default: where there is an `apiKey`; say so where somebody else adds the key. */
  socketTickets?: boolean;
  /** How to open a WebSocket. Default: the global class, which Node has from version 22 on. */
  openSocket?: OpenSocket;
}

/** Every route of the six services by path and method, and the three things that are more than a request. */
export interface ParleyClient extends ServiceClients {
  readonly urls: ServiceUrls;
  /** Follows a meeting's timeline from its beginning, or from `lastEventId` on; reconnects by itself. */
  subscribe(meetingId: string, options?: SubscribeOptions): AsyncGenerator<TimelineEntry, void>;
  /** Opens a channel, and resolves when audio may be sent; the sender survives lost connections. */
  sendAudio(meetingId: string, options?: SendAudioOptions): Promise<AudioSender>;
  /** Has a recording heard, as fast as asr can; resolves once the file is safe. */
  uploadRecording(
    meetingId: string,
    file: Blob,
    name: string,
    fields?: { channel?: string; endMeeting?: boolean },
  ): Promise<UploadedRecording>;
  /** Indexes a file; the document there is when its content was indexed before. */
  uploadDocument(file: Blob, name: string, fields?: { title?: string }): Promise<DocumentView>;
}

/**
 * Talks to a running Parley over its public API.
 * @example
 * const parley = createParleyClient({ apiKey });
 * const meeting = await unwrap(parley.ingestion.POST('/v1/meetings', { body: { title: 'Planning' } }));
 * for await (const entry of parley.subscribe(meeting.id)) console.log(entry.type);
 */
export function createParleyClient(options: ParleyClientOptions = {}): ParleyClient {
  const urls: ServiceUrls = { ...LOCAL_URLS, ...options.baseUrls };
  const send: Fetch = options.fetch ?? ((request) => globalThis.fetch(request));
  const headers = {
    ...(options.apiKey ? { authorization: `Bearer ${options.apiKey}` } : {}),
    ...options.headers,
  };
  const clientOf = <Name extends ServiceName>(name: Name): ServiceClients[Name] => {
    const client = createClient({ baseUrl: urls[name], fetch: send, headers });
    if (options.idempotencyKeys !== false) client.use(idempotencyKeys);
    return client;
  };
  const services: ServiceClients = {
    ingestion: clientOf('ingestion'),
    asr: clientOf('asr'),
    nlu: clientOf('nlu'),
    rag: clientOf('rag'),
    agent: clientOf('agent'),
    integrations: clientOf('integrations'),
  };
  const sockets: SocketService = {
    ingestion: services.ingestion,
    url: options.socketUrl ?? urls.ingestion,
    needsTicket: options.socketTickets ?? Boolean(options.apiKey),
    openSocket: options.openSocket ?? openGlobalSocket,
  };
  return {
    ...services,
    urls,
    subscribe(meetingId, following = {}) {
      const open =
        following.transport === 'websocket'
          ? socketFeed(meetingId, sockets)
          : eventStreamFeed(meetingId, { url: urls.ingestion, headers, send });
      return subscribe(open, following);
    },
    sendAudio(meetingId, sending = {}) {
      return AudioSender.start(audioLine(meetingId, sockets), sending);
    },
    uploadRecording(meetingId, file, name, fields = {}) {
      const params = { path: { id: meetingId } };
      const body = formOf(file, name, fields);
      return unwrap(services.ingestion.POST('/v1/meetings/{id}/recordings', { params, body }));
    },
    uploadDocument(file, name, fields = {}) {
      return unwrap(services.rag.POST('/v1/documents', { body: formOf(file, name, fields) }));
    },
  };
}

/** The types know the fields of a form, not the form. */
function formOf(file: Blob, name: string, fields: Record<string, string | boolean>): never {
  const form = new FormData();
  for (const [field, value] of Object.entries(fields)) form.set(field, String(value));
  form.set('file', file, name);
  return form as never;
}
