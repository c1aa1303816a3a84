import type { SocketAbout } from '@parley/service';

/** How audio comes in live, for readers of the API's document. */
export const audioSocket: SocketAbout = {
  summary: 'Send the audio of one channel',
  description: [
    'Send `start`, wait for `ready`, then send binary frames: 16 kHz, mono, signed 16 bits, little-endian, ' +
      'at most ten seconds each. The position of a frame is `resumeFrom` plus the samples before it.',
    '`ack` tells how far the audio is durable: stay within ten seconds of it. It comes every two seconds at ' +
      'least: after ten without one the line is dead. `gap` says that so much time has no audio. `stop` ends the ' +
      'channel.',
    'With `encoding` `opus` the frames are a container, Ogg or WebM, as MediaRecorder writes it, cut anywhere; ' +
      '`sampleRate` and `channels` are its own. After a lost connection `start` with `resumeFrom` of where the ' +
      'container began and send it again from its first byte, with its gaps: what is durable is left out. ' +
      '`container` says that the next frame begins another one, and `ready` where: send another each minute, and no ' +
      'more than that is ever sent again. That `ready`, and `stopped`, have `brokenOff` when something of the ' +
      'container that ended is missing.',
    'After a lost connection `start` again with the last `offsetMs` as `resumeFrom`, and send what follows it ' +
      'again: `ready` repeats it, and what is durable already is left out. Without `resumeFrom`, `ready` tells ' +
      'where the audio durably ends. With the same `sender` (16 to 64 letters, digits, `_` or `-`, random, your ' +
      'own) you take the channel from your own lost connection at once; another sender is refused with ' +
      '`channel-busy` until yours has not been heard of for six seconds. `conflict` says that the channel was ' +
      'stopped: after a `stop` whose answer was lost, that is the answer.',
    'A refused upgrade is answered with a problem over HTTP: 401, 404 `meeting-not-found`, 409 ' +
      '`meeting-ended`. Later, an `error` with a problem comes before the close. Close codes: 1000 after ' +
      '`stopped`, 1001 when the service goes away, 1008 for what was refused, 1009 for a frame too large, ' +
      '1011 for a failure on our side, 1013 with `at-capacity` when all places are taken: try again later.',
  ].join('\n\n'),
  fromClient: [
    {
      type: 'start',
      encoding: 'pcm_s16le',
      sampleRate: 16_000,
      channels: 1,
      channel: 'main',
      resumeFrom: 0,
      sender: '5f2b8c0e9d714a63b1c7e40a92d8f6e3',
    },
    { type: 'start', encoding: 'opus', channel: 'main', resumeFrom: 0 },
    { type: 'gap', ms: 250 },
    { type: 'container' },
    { type: 'stop' },
  ],
  fromServer: [
    { type: 'ready', resumeFrom: 0 },
    { type: 'ack', offsetMs: 1_000 },
    {
      type: 'error',
      problem: {
        type: 'https://parley.dev/problems/channel-busy',
        title: 'Another sender holds this channel',
        status: 409,
        detail: 'Somebody else is sending on channel main.',
      },
    },
    { type: 'stopped', durationMs: 61_500 },
  ],
};
