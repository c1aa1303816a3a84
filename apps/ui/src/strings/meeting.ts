/** What stands around a transcript. */
export const meeting = {
  back: 'All meetings',
  live: 'Live',
  ended: 'Ended',
  end: 'End meeting',
  endAsk: 'End this meeting?',
  endExplain: 'Nothing more can be said in it. Its summary is written, and everything stays here.',
  cancel: 'Cancel',
  erase: 'Delete',
  erasing: 'Deleting …',
  eraseAsk: 'Delete this meeting?',
  eraseExplain:
    'Its transcript, summary, suggestions and audio are erased for good. What was already carried out elsewhere stays there.',
  export: 'Export',
  everything: 'Everything (zip)',
  print: 'Print the minutes',
  connection: {
    connecting: 'Connecting …',
    live: 'Up to date',
    away: 'Parley cannot be reached. This page tries again by itself.',
    lost: 'Connection lost. What is said meanwhile is shown once it is back.',
    gone: 'This meeting cannot be shown.',
  },
  waiting: 'All places to listen are taken. The audio is kept, and listened to when one is free.',
  goOffTheRecord: 'Go off the record',
  goOnTheRecord: 'Go on the record',
  privacy: {
    transcript: 'The transcript is kept. Audio is dropped once it is transcribed.',
    'with-audio': 'The transcript is kept, and the audio, too: encrypted, until its days are over.',
    'notes-only': 'Notes only: summary, decisions and tasks are kept, the words are not.',
    'off-the-record': 'Off the record: nothing is kept.',
  },
  transcript: 'Transcript',
  transcriptEmptyLive: 'Nobody has spoken yet. Choose how Parley should listen, above.',
  transcriptEmptyEnded: 'Nothing was said in this meeting.',
  unknownSpeaker: 'Unknown',
  latest: 'Go to the latest',
  degraded: 'Heard by the stand-in engine',
  overlap: 'Several at once',
  overlapHint: 'Somebody else spoke at the same time: words and speaker are less sure.',
  tabs: {
    suggestions: 'To decide',
    facts: 'Facts',
    summary: 'Summary',
    ask: 'Ask',
    deliveries: 'Done',
  },
} as const;

/** Saying who a voice is. */
export const speakers = {
  change: 'Say who this is',
  who: 'Who is',
  name: 'Name',
  nameHint: 'Everything this person said is theirs under the new name.',
  rename: 'Rename',
  sameAs: 'Same person as',
  nobody: 'Nobody else',
  merge: 'Make them one',
} as const;

/** Putting right what was heard. */
export const correction = {
  correct: 'Correct',
  text: 'What was said',
  speaker: 'Said by',
  save: 'Save',
  saving: 'Saving …',
} as const;

/** What a meeting was about. */
export const topics = {
  label: 'Topics',
  hint: 'Go to where it began. Topics are a guess from the words that were said.',
  unnamed: 'Another topic',
  old: 'As last known:',
  away: 'They cannot be told just now.',
} as const;

/** Noting a line in the summary. */
export const noting = {
  note: 'Note in the summary',
  as: 'Note as',
  one: { decisions: 'Decision', tasks: 'Task' },
} as const;
