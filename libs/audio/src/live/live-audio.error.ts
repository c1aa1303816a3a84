/** Why a live stream in a container cannot be heard; each has a sentence for whoever sends it. */
export const liveAudioFailures = {
  unknown: 'this is neither Ogg nor WebM; raw samples need to say their encoding',
  'no-opus': 'there is no Opus in it, and nothing else is decoded live',
  damaged: 'the container is damaged',
  'bad-packet': 'an Opus packet cannot be decoded',
  'too-large': 'a part of the container is too large',
  'broken-off': 'the audio broke off in the middle',
  empty: 'it ended before there was any audio',
} as const;

export type LiveAudioFailure = keyof typeof liveAudioFailures;

/** A live stream cannot be heard, from here on. */
export class LiveAudioError extends Error {
  override readonly name = 'LiveAudioError';

  constructor(readonly failure: LiveAudioFailure) {
    super(liveAudioFailures[failure]);
  }
}
