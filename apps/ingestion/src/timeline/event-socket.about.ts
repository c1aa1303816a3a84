import type { SocketAbout } from '@parley/service';

/** How a timeline is followed over a WebSocket, for readers of the API's document. */
export const eventSocket: SocketAbout = {
  summary: 'Follow a meeting live over a WebSocket',
  description: [
    'The same entries as the server-sent events of this path, each a JSON text message with its `cursor`. Begins ' +
      'with what has happened so far; `?after=` with the last cursor resumes without a gap or a repeat. Partial ' +
      'segments have no cursor and are not replayed.',
    '`heartbeat` comes every 15 seconds (`FEED_HEARTBEAT_SECONDS`): after a minute without a word the line is dead. ' +
      'Answer pings, as every WebSocket library does: a socket that leaves one unanswered for half a minute is ' +
      'cut, and so is one that leaves too much unread. Come back with `?after=`.',
    'A refused upgrade is answered with a problem over HTTP: 401, 400 for a bad cursor, 404 `meeting-not-found`, ' +
      '429. A feed is only read: any message ends it with an `error` and 1008, a long one with 1009. 1001 when ' +
      'the service goes away, 1011 when the timeline cannot be read: come back for both.',
  ].join('\n\n'),
  fromClient: [],
  fromServer: [
    { type: 'heartbeat' },
    {
      cursor: 7,
      type: 'meeting.ended',
      meetingId: '0197a0c4-8f6e-7d3a-9b21-5c4e8d7f6a10',
      at: '2026-11-23T10:32:07.120Z',
      data: { endedAt: '2026-11-23T10:32:07.000Z' },
    },
  ],
};
