import { WebSocket } from 'ws';
import { RunningAsr } from './running-asr';

export const LISTEN_KEY = 'key-of-the-operator-0123456789';

/** With auth, and three places. */
export function startListening(): Promise<RunningAsr> {
  return RunningAsr.start({
    AUTH_ENABLED: '1',
    SERVICE_API_KEY: LISTEN_KEY,
    RATE_LIMIT_PER_MINUTE: '0',
    ASR_MAX_MEETINGS: '3',
    ASR_STARVED_SECONDS: '1',
  });
}

export function listenUrl({ url }: RunningAsr, query: string): string {
  return `${url.replace('http', 'ws')}/v1/listen${query}`;
}

/** @throws when it is refused */
export async function openListening(running: RunningAsr, query = ''): Promise<WebSocket> {
  const headers = { authorization: `Token ${LISTEN_KEY}` };
  const socket = new WebSocket(listenUrl(running, query), { headers });
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  return socket;
}
