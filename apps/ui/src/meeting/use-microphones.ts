'use client';

import { useEffect, useState } from 'react';

/**
 * The microphones there are; nameless until the browser was allowed to use one.
 * @param allowed asked again when it changes: names are told once a microphone is in use
 */
export function useMicrophones(allowed: boolean): MediaDeviceInfo[] {
  const [devices, setDevices] = useState<MediaDeviceInfo[]>([]);
  useEffect(() => {
    const media = navigator.mediaDevices as MediaDevices | undefined;
    if (!media) return;
    const look = (): void => {
      void media.enumerateDevices().then((all) => {
        setDevices(all.filter(({ kind, deviceId }) => kind === 'audioinput' && deviceId !== ''));
      });
    };
    look();
    media.addEventListener('devicechange', look);
    return () => {
      media.removeEventListener('devicechange', look);
    };
  }, [allowed]);
  return devices;
}
