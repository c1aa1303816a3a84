/** What is said where people sign in. */
export const signIn = {
  title: 'Sign in',
  intro: 'This Parley asks for a key. Whoever runs it can give you one.',
  introOffer: 'This Parley wants to know who you are.',
  through: 'Sign in with',
  orKey: 'or with a key',
  key: 'API key',
  submit: 'Sign in',
  checking: 'Checking …',
  wrong: 'This key is not valid here.',
  limited: 'Too many tries. Wait a minute, then try again.',
  away: 'Parley cannot be reached. Is it running?',
  over: 'You were signed out: the session has ended, or the key has expired or was revoked. Sign in to go on.',
  done: 'You are signed in',
  goOn: 'Go on',
  /** By the code of the problem. */
  faults: {
    'sign-in-denied': 'You were not signed in: you or the identity provider did not go on.',
    'sign-in-not-allowed':
      'The identity provider knows you, but nobody let you into this Parley. Ask whoever runs it.',
    'sign-in-over':
      'This sign-in is over: it took too long, was begun in another browser, or was finished before. Sign in again.',
    'sign-in-failed':
      'What the identity provider said was not accepted. Whoever runs this Parley finds the reason in the log of ingestion.',
    'sign-in-clock':
      'The clocks of this Parley and of the identity provider differ too much. Whoever runs it must set them.',
    'sign-in-not-offered': 'Nobody signs in through an identity provider here. Use a key.',
    'workspace-not-found':
      'The workspace that you would be let into is not there. Whoever runs this Parley can make it.',
    conflict:
      'An API key has your name, so that nobody could tell you apart. Whoever runs this Parley can revoke it.',
    'at-capacity': 'Too many people are signed in. Try again later, or use a key.',
    'too-many-requests': 'Too many people sign in just now. Wait a minute, then try again.',
    unavailable: 'The identity provider, or Parley, does not answer now. Try again, or use a key.',
    'not-ended':
      'You are signed out in this browser. Parley could not be told: your session there ends by itself within twelve hours.',
  },
} as const;
