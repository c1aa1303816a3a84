/** Why there is nothing to hear. */
export type CaptureFault =
  | 'denied'
  | 'tabDenied'
  | 'missing'
  | 'busy'
  | 'elsewhere'
  | 'unplugged'
  | 'noSound'
  | 'notAudio'
  | 'unsupported'
  | 'insecure'
  | 'noSharing';

export class CaptureError extends Error {
  constructor(readonly fault: CaptureFault) {
    super(fault);
  }
}
