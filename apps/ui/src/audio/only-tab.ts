import { CaptureError } from './capture-error';

/**
 * Makes this the only tab of the browser that hears a meeting through a microphone.
 * @returns the call that lets another one do so
 * @throws CaptureError `elsewhere` when another tab does
 */
export async function claimMicrophone(meetingId: string): Promise<() => void> {
  // Without them, as without a secure page, nothing is heard anyway.
  const locks = navigator.locks as LockManager | undefined;
  if (!locks) return () => undefined;
  return new Promise((resolve, reject) => {
    locks
      .request(`microphone ${meetingId}`, { ifAvailable: true }, (lock) => {
        if (!lock) throw new CaptureError('elsewhere');
        return new Promise<void>((release) => {
          resolve(release);
        });
      })
      .catch(reject);
  });
}
