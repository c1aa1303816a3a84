/** Whether this browser was signed in, so that somebody whom a session let down is told so. No script sees the session. */
const NAME = 'parley.signed-in';

export function noteSignedIn(signedIn: boolean): void {
  try {
    if (signedIn) localStorage.setItem(NAME, 'yes');
    else localStorage.removeItem(NAME);
  } catch {
    // A browser that keeps nothing: then nobody is told.
  }
}

export function wasSignedIn(): boolean {
  try {
    return localStorage.getItem(NAME) !== null;
  } catch {
    return false;
  }
}
