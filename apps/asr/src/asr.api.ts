import type { ApiAbout } from '@parley/service';
import { listenSocket } from './listen/listen-socket.about';

/** The head of `/docs`. */
export const asrApi: ApiAbout = {
  description: [
    'Listens to meetings and writes down who said what: final segments are read here, provisional ' +
      "ones appear on the meeting's timeline only.",
    'More: [health](/health) · [metrics](/metrics) · [openapi.json](/openapi.json)',
  ].join('\n\n'),
  tags: {
    transcriptions: "Recordings, through OpenAI's API for transcriptions.",
    transcript: 'The final segments of a meeting, read and corrected.',
    speakers: 'Who speaks in a meeting: named, and made one when they are.',
    engines: 'What listens, and how fast it is on this machine.',
  },
  sockets: { '/v1/listen': listenSocket },
};
