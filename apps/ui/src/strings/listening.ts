/** How a meeting is heard, and what may be in the way. */
export const listen = {
  microphone: 'Microphone',
  tab: 'A tab or screen',
  file: 'A file',
  fileHint: 'A recording, or captions (WebVTT, SubRip)',
  stop: 'Stop listening',
  device: 'Microphone to use',
  anyDevice: 'Default microphone',
  level: 'Loudness',
  listening: 'Listening',
  starting: 'Starting …',
  sending: 'The line is slow: audio waits and is sent when it can be.',
  check: 'Check the sound',
  checkStop: 'Stop the check',
  checking: 'Speak: the bars should move. Nothing is sent.',
  quiet: 'Nothing was heard yet. Is the right microphone chosen, and not muted?',
  whose: 'Whose microphone is it?',
  shared: 'Several people',
  denied:
    'The browser was not allowed to use the microphone. Allow it in the address bar, then try again.',
  tabDenied: 'Nothing was shared. Choose a tab or a screen, and allow it.',
  missing: 'No microphone was found. Plug one in, or share a tab.',
  busy: 'The microphone is used by another program. Close that, or choose another microphone.',
  elsewhere:
    'This meeting is heard in another tab of this browser: everything would be written down twice. Stop it there first.',
  unplugged: 'The microphone that was chosen is not there any more. Choose another.',
  noSound: 'What was shared has no sound. Choose a tab, and tick “Also share audio”.',
  noSharing: 'This browser cannot share the sound of a tab. A current Chrome or Edge can.',
  notAudio:
    'This file has no sound that the browser can read. WAV, MP3, M4A, Ogg, FLAC and most videos have.',
  unsupported: 'This browser cannot record at 16 kHz. A current Chrome, Edge or Safari can.',
  insecure:
    'Browsers give sound only to pages over https or on localhost. This page came over plain http: ask whoever runs Parley for its https address.',
  taken:
    'Somebody else is speaking on this channel, perhaps this page in another tab. Use that one, or close it.',
} as const;

/** What others have heard, in a file. */
export const captions = {
  sending: 'The captions are sent …',
  taken: ({ accepted, withheld }: { accepted: number; withheld: number }) =>
    [
      `${accepted} ${accepted === 1 ? 'line was' : 'lines were'} taken over from the file.`,
      ...(withheld > 0
        ? [`${withheld} may not be kept, and ${withheld === 1 ? 'was' : 'were'} left out.`]
        : []),
    ].join(' '),
} as const;

/** Recordings that are uploaded. */
export const uploads = {
  sending: 'The recording is being uploaded …',
  instead: 'It is played here instead, at the speed of speech.',
  name: (channel: string) => {
    if (channel === 'recording') return 'The recording';
    return `Recording ${channel.replace(/^recording-/, '')}`;
  },
  hearing: (name: string, done: string, total: string | null) =>
    total === null ? `${name}: ${done} heard` : `${name}: ${done} of ${total} heard`,
  stop: 'Stop hearing it',
  heard: (name: string) =>
    `${name} was heard to its end. Its minutes are written once the meeting has ended.`,
  stopped: (name: string, done: string) => `${name} was stopped after ${done}.`,
  failed: (name: string) => `${name} could not be heard.`,
} as const;

/** Hearing a line again. */
export const recording = {
  play: 'Play what was said',
  stop: 'Stop playing',
  missing: 'This cannot be heard',
} as const;

/** The sample meeting. */
export const sample = {
  play: 'Play the sample meeting',
  preparing: 'Preparing …',
  explain: 'Two minutes, four people, three documents: spoken aloud and really listened to.',
  stop: 'Stop playing',
  mute: 'Mute',
  position: 'Played so far',
  missing: 'This page was built without the sample meeting.',
  unreadable:
    'This browser cannot read the sample recording (Ogg Opus). A current Chrome, Edge or Firefox can.',
} as const;

/** What became of the audio. */
export const coverage = {
  title: 'What became of the audio',
  none: 'No audio yet',
  parts: {
    transcribedMs: 'Transcribed',
    silenceMs: 'Silence',
    filteredMs: 'Noise',
    withheldMs: 'Withheld',
    pendingMs: 'Being heard',
    shedMs: 'Dropped under load',
    lostMs: 'Not received',
  },
} as const;
