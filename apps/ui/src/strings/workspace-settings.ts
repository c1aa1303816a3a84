/** What is kept, and how long. */
export const privacy = {
  title: 'Privacy',
  usual: 'Usual privacy mode',
  usualIntro: 'Meetings that do not say so themselves have this one. It counts from the next on.',
  redaction: 'Personal data',
  redact: 'Take addresses, telephone and card numbers out of what is said, in all meetings',
  redactMeans:
    'They are replaced before anything is shown or written: “[email]” stands there instead. No meeting can leave it out.',
  redactNames: 'Take names of people out of what is said, in all meetings',
  redactNamesMeans:
    '“[name]” stands there instead. Names of those who are there go, and about four in five of others: rare ones, and words that could be something else, may stay. Who speaks is still shown by the name they were given.',
  saved: 'Saved',
  saving: 'Saving …',
  needsAdmin: 'To change this a key must be allowed to administer. Yours may read it.',
  retention: 'How long what is kept',
  retentionIntro: 'RETENTION_DAYS and RECORDING_RETENTION_DAYS set it, for the whole installation.',
  what: 'What',
  howLong: 'How long',
  untilErased: 'until somebody deletes it',
  days: 'days',
  asMeeting: 'as long as the meeting',
  noPlace: 'not at all: there is no place for it',
  classes: {
    meetings: [
      'Meetings',
      'Transcript, summary, suggestions and all that came of it, counted from when it was made.',
    ],
    notesOnly: ['Words of notes-only meetings', 'Summary, decisions and tasks stay.'],
    offTheRecord: ['Off the record', 'Neither written down nor passed on.'],
    audio: ['Audio on its way', 'Dropped as soon as it is transcribed.'],
    recordings: [
      'Audio that is kept',
      'Of meetings that keep it, encrypted. Counted from when the meeting was made, at most as long as the meeting.',
    ],
    documents: ['Documents', 'Found and cited until then.'],
    carriedOut: ['What was carried out elsewhere', 'It belongs to the service it went to.'],
    audit: ['Audit log', 'Names and hashes of decisions, never what was said.'],
  },
  lengths: {
    notesOnly: 'until the meeting has ended',
    offTheRecord: 'not at all',
    audio: 'seconds; at most 24 hours',
    documents: 'until somebody removes it',
    carriedOut: 'as that service does',
    audit: 'for good',
  },
} as const;

/** Words that are expected. */
export const vocabulary = {
  title: 'Vocabulary',
  intro:
    'Names and words that all meetings expect: products, customers, abbreviations. A word is never put in place of another one that is in the dictionary.',
  ofMeeting:
    'Names and words that this meeting expects. Who begins to speak from now on is heard with them.',
  trigger: 'Words',
  empty: 'No word yet.',
  add: 'Add words',
  addHint: 'Separated by commas; each of at most 80 letters.',
  submit: 'Add',
  remove: 'Remove',
  of: 'of',
  words: 'words',
  tooMany: 'There is no room for so many: remove some first.',
  tooLong: 'A word has at most 80 letters.',
  heard:
    'The speech engine takes the first 200 of a meeting: names of those who are there, its own words, then these.',
} as const;

/** What listens, understands and writes. */
export const engines = {
  title: 'Engines',
  intro:
    'What listens, understands and writes here, and what it can carry. Asked every five seconds.',
  capacity: 'Meetings at once',
  capacityMeans:
    'Measured on this machine while it runs. Beyond it new meetings are refused, and those that run keep their place.',
  listening: 'listened to',
  of: 'of',
  waiting: 'wait for a place',
  replicas: 'replicas of asr',
  oneReplica: 'one replica of asr',
  away: 'asr cannot be reached: what it can carry is not known.',
  works: 'Works',
  degraded: 'Degraded',
  unknown: 'Not known: its service cannot be reached.',
  notMeasured: 'not measured yet',
  fasterBefore: 'measured',
  fasterAfter: 'times as fast as speech',
  slower: 'slower than speech',
  kinds: {
    speech: ['Speech', 'Writes down what is said.'],
    speakers: ['Speakers', 'Tells voices apart on a shared channel.'],
    'voice activity': ['Voice activity', 'Tells speech from silence and noise.'],
    understanding: ['Understanding', 'Finds questions, decisions, tasks, dates and people.'],
    embeddings: ['Embeddings', 'Finds passages by what they mean.'],
    text: ['Text', 'Writes summaries, drafts and answers.'],
  },
  extractive: 'extractive: no language model is configured',
  extractiveMeans:
    'Summaries and drafts are in the words that were spoken. OPENAI_API_KEY or OPENAI_BASE_URL brings a model.',
  without: {
    speech: 'Nothing is written down until it is back; the audio is kept meanwhile.',
    embeddings: 'Passages are found by their words only, and results say so.',
    text: 'Summaries and drafts are in the words that were spoken, and say so.',
  },
} as const;
