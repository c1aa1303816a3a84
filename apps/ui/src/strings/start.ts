/** What is said where a meeting is started, and of its privacy while it runs. */
export const start = {
  privacy: 'What is kept?',
  modes: {
    transcript: {
      name: 'Transcript',
      means: 'Every word is written down and kept. The audio is dropped once it is transcribed.',
    },
    'notes-only': {
      name: 'Notes only',
      means:
        'Summary, decisions and tasks are kept. The words go once the meeting has ended, for good.',
    },
    'off-the-record': {
      name: 'Off the record',
      means: 'Nothing is written down or kept, until you go on the record.',
    },
  },
  /** Of a transcript whose audio is kept. */
  meansWithAudio:
    'Every word is written down and kept. The audio is kept, too: encrypted, until its days are over.',
  modeOfWorkspace: 'usual here',
  consents: 'What did they say to being recorded?',
  consentsHint: 'Noted as proof, with the time and who noted it. It can be changed at any time.',
  consentOf: 'Said by',
  answers: {
    '': 'Not asked yet',
    'granted:spoken': 'Agreed aloud',
    'granted:written': 'Agreed in writing',
    'granted:platform': 'Agreed in the call',
    'declined:spoken': 'Does not agree',
  },
  ownChannel: 'own microphone',
  ownChannelOf: 'Own microphone:',
  more: 'Language, words, personal data',
  language: 'Spoken language',
  words: 'Names and words to expect',
  wordsHint: 'Separated by commas. They help to spell them right.',
  redact: 'Take addresses, telephone and card numbers out of what is said',
  redactNames: 'Take names of people out of what is said',
  redactNamesHint:
    'Names of those who are there, and most others. Rare names, and words that could be something else, may stay. Who speaks is still shown.',
  redactAlways: 'This workspace does so in all its meetings.',
  keepAudio: 'Keep the audio, to hear lines again',
  keepAudioHint:
    'Encrypted, and erased with the meeting or when its days are over. Tell everybody who is heard.',
  keepAudioNot: {
    redacted: 'Not where names, addresses or numbers are taken out: audio says them all the same.',
    'notes-only': 'Not where only notes are kept.',
  },
  notNoted:
    'The meeting was made, but not everything that people said to being recorded could be noted. Start again to note the rest.',
  tooMany: 'At most 100 people.',
} as const;

/** The strip above a running meeting that says what becomes of what is said. */
export const privacy = {
  label: 'Privacy',
  change: 'Change',
  changeTitle: 'What is kept from now on',
  changeHint: 'It takes effect at once. What was said before stays as it was meant.',
  apply: 'Change',
  applying: 'Changing …',
  notesForGood:
    'Once only notes are kept, this meeting never becomes a transcript again: its words go.',
  notBack: 'It was said that only notes are kept of this meeting.',
  consents: 'Consents',
  consentsTitle: 'Who agreed to being recorded',
  nobody: 'Nobody was named when this meeting was started.',
  allAgreed: 'All agreed',
  agreed: 'agreed',
  of: 'of',
  declined: 'does not agree',
  declinedMany: 'do not agree',
  withheld:
    'On a microphone that several share nobody can be left out: only people who agree and have one of their own are heard.',
  granted: 'Agreed',
  unknown: 'Not asked yet',
  refuses: 'Does not agree',
  grant: 'Agrees',
  withdraw: 'Withdraw',
  ownChannel: 'own microphone',
  noted: 'noted by',
  methods: {
    spoken: 'aloud',
    written: 'in writing',
    platform: 'in the call',
    other: 'otherwise',
  },
  how: 'How they said so',
} as const;
