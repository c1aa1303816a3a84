/** Why a recording cannot be used; each has a sentence for whoever brought it. */
export const decodeFailures = {
  empty: 'The recording is empty.',
  unreadable:
    'This is no recording that can be read: WAV, MP3, OGG/Opus, WebM (Opus) and M4A (AAC) can.',
  damaged: 'The recording is damaged: it cannot be decoded.',
  'no-audio': 'There is no audio in this file.',
  'codec-unknown':
    'The audio in this file is in a format that cannot be decoded: WAV, MP3, OGG/Opus, WebM (Opus) and M4A (AAC) can.',
  'needs-ffmpeg':
    'This M4A holds AAC, which needs ffmpeg on this machine: install it (apt-get install ffmpeg, brew install ffmpeg), or convert the file to MP3, OGG or WAV.',
  'too-long': 'The recording is too long: cut it into parts.',
  'too-large': 'The recording is larger than 2 GB: cut it into parts, or compress it.',
  'too-slow': 'Decoding the recording took too long and was given up.',
} as const;

export type DecodeFailure = keyof typeof decodeFailures;

/** Says inside the library which failure it was. */
export class DecodeError extends Error {
  override readonly name = 'DecodeError';

  constructor(
    readonly failure: DecodeFailure,
    options?: ErrorOptions,
  ) {
    super(decodeFailures[failure], options);
  }
}
