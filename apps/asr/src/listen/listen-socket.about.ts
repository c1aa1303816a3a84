import { SAMPLE_ENCODINGS } from '@parley/audio';
import type { SocketAbout } from '@parley/service';

/** Live transcription of audio that belongs to no meeting, for readers of the API's document. */
export const listenSocket: SocketAbout = {
  summary: 'Transcribe a live stream',
  description: [
    "As Deepgram's live API, whose SDK works unchanged with this service as its environment. Nothing of it is " +
      'stored. A stream takes the place of a meeting: when all are taken the upgrade is refused with ' +
      '`at-capacity` and the numbers.',
    `The query says what comes and what is wanted: \`encoding\` (${SAMPLE_ENCODINGS.join(', ')}), \`sample_rate\` ` +
      '(8000 to 192000), `channels` (1 to 8; mixed, unless `multichannel=true`); without `encoding`, Opus in Ogg or ' +
      'WebM as `MediaRecorder` records it, which says the rest itself. Also `language`, ' +
      '`interim_results`, `endpointing` (ms), `utterance_end_ms` (1000 to 5000), `vad_events`, `diarize`, ' +
      '`keyterm` and `keywords` (names and words to expect, each as often as needed). Text always has ' +
      'punctuation. `model` and what else that API knows is taken and of no effect.',
    'With `diarize=true` the words of finals carry `speaker`: a number for each voice of a channel, from 0 in the ' +
      'order in which they were first heard. A number does not change afterwards; words of whom nobody can say ' +
      'whose they are carry none.',
    'Send the audio in binary messages of at most a megabyte, cut anywhere. After ten seconds without audio or `KeepAlive` ' +
      'the socket is closed (1011). What cannot be decoded, or broke off, ends it with 1008 and `DATA-0000` with the ' +
      'reason, after the results of what could be heard. `Finalize` finishes what was said so far, `CloseStream` finishes all and is ' +
      'answered with `Metadata`. The times of words are estimated where the engine does not measure them; confidences ' +
      'are left out.',
    'The key may also stand in `Authorization: Token <key>` or, in browsers, in the subprotocols `token, <key>`.',
  ].join('\n\n'),
  fromClient: [{ type: 'KeepAlive' }, { type: 'Finalize' }, { type: 'CloseStream' }],
  fromServer: [
    {
      type: 'Results',
      channel_index: [0, 1],
      start: 0.1,
      duration: 1.6,
      is_final: true,
      speech_final: true,
      from_finalize: false,
      channel: {
        alternatives: [
          {
            transcript: 'Good morning.',
            words: [
              { word: 'good', start: 0.5, end: 0.8, punctuated_word: 'Good' },
              { word: 'morning', start: 0.8, end: 1.3, punctuated_word: 'morning.' },
            ],
          },
        ],
      },
      metadata: {
        request_id: '01a2098c-0f0b-7791-8da8-83ab89975802',
        model_info: { name: 'moonshine-tiny', version: 'local', arch: 'moonshine-tiny' },
        model_uuid: 'moonshine-tiny',
      },
    },
    { type: 'SpeechStarted', channel: [0, 1], timestamp: 0.1 },
    { type: 'UtteranceEnd', channel: [0, 1], last_word_end: 1.3 },
    {
      type: 'Metadata',
      transaction_key: 'deprecated',
      request_id: '01a2098c-0f0b-7791-8da8-83ab89975802',
      sha256: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
      created: '2026-11-23T09:00:00.000Z',
      duration: 2.5,
      channels: 1,
    },
  ],
};
