import { CaptureError } from './capture-error';

/**
 * Opens a microphone. @throws CaptureError that says why not: no secure page, not allowed, none there, or in use.
 */
export async function openMicrophone(deviceId?: string): Promise<MediaStream> {
  // Pages over plain http have no media devices at all.
  const media = navigator.mediaDevices as MediaDevices | undefined;
  if (!window.isSecureContext || !media) throw new CaptureError('insecure');
  try {
    return await media.getUserMedia({
      audio: {
        echoCancellation: true,
        noiseSuppression: true,
        ...(deviceId ? { deviceId: { exact: deviceId } } : {}),
      },
    });
  } catch (error) {
    throw new CaptureError(faultOf(error));
  }
}

function faultOf(error: unknown): 'denied' | 'missing' | 'busy' | 'unplugged' {
  switch (error instanceof DOMException ? error.name : '') {
    case 'NotAllowedError':
    case 'SecurityError':
      return 'denied';
    case 'NotReadableError':
    case 'AbortError':
      return 'busy';
    case 'OverconstrainedError':
      return 'unplugged';
    default:
      return 'missing';
  }
}
