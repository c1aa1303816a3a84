'use client';

import { unwrap, type Workspace } from '@parley/client';
import { useEffect, useState } from 'react';
import { pageClient } from '@/parley';
import { healthOf } from '../status/use-health';

/** What the form asks the services for before anybody types. */
export interface StartChoices {
  /** What the speech engines here understand, as BCP 47. */
  languages: string[];
  /** In all meetings of this workspace personal data is taken out of what is said. */
  redacts: boolean;
  /** And names of people. */
  redactsNames: boolean;
  /** What its meetings have when nobody chooses; null as long as that is not known. */
  privacyMode: Workspace['privacyMode'] | null;
  /** The server has a place for audio. */
  keepsAudio: boolean;
}

/** What can be chosen here; what cannot be found out is as if nobody had set it. */
export function useStartChoices(): StartChoices {
  const [choices, setChoices] = useState<StartChoices>({
    languages: ['en'],
    redacts: false,
    redactsNames: false,
    privacyMode: null,
    keepsAudio: false,
  });
  useEffect(() => {
    let leaving = false;
    const ask = async (): Promise<void> => {
      const { asr, ingestion } = pageClient();
      const [engines, workspace, health] = await Promise.all([
        unwrap(asr.GET('/v1/engines')).catch(() => null),
        unwrap(ingestion.GET('/v1/workspaces/current')).catch(() => null),
        healthOf('ingestion'),
      ]);
      if (leaving) return;
      const spoken = engines?.items.flatMap((engine) => engine.languages ?? []) ?? [];
      setChoices({
        languages: [...new Set(spoken.length > 0 ? spoken : ['en'])].sort(),
        redacts: workspace?.redactPersonalData ?? false,
        redactsNames: workspace?.redactNames ?? false,
        privacyMode: workspace?.privacyMode ?? null,
        keepsAudio: health !== 'away' && health.dependencies.blobs !== undefined,
      });
    };
    void ask();
    return () => {
      leaving = true;
    };
  }, []);
  return choices;
}
