'use client';

import { Play } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { CaptureError } from '@/audio/capture-error';
import { playSample, SampleMissingError } from '@/meeting/sample-run';
import { pageClient } from '@/parley';
import { strings } from '@/strings';
import { Button } from '../button';
import { Notice, ProblemNotice } from '../notice';

const said = strings.sample;

/** One click to a meeting that is really heard: the sample, streamed from this page. */
export function PlaySample({ socketUrl, first }: { socketUrl: string; first: boolean }) {
  const router = useRouter();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const play = async (): Promise<void> => {
    setBusy(true);
    setError(null);
    try {
      router.push(`/meetings/${await playSample(pageClient({ socketUrl }))}`);
    } catch (problem) {
      setError(problem);
      setBusy(false);
    }
  };
  return (
    <div className={first ? 'mt-4' : undefined}>
      <Button look={first ? 'primary' : 'quiet'} disabled={busy} onClick={() => void play()}>
        <Play aria-hidden size={15} />
        {busy ? said.preparing : said.play}
      </Button>
      {first ? <p className="mt-2 text-xs text-muted">{said.explain}</p> : null}
      {error ? (
        <div className="mt-2 text-left">
          <Fault error={error} />
        </div>
      ) : null}
    </div>
  );
}

function Fault({ error }: { error: unknown }) {
  if (error instanceof SampleMissingError) return <Notice look="danger">{said.missing}</Notice>;
  if (error instanceof CaptureError) {
    const words = error.fault === 'insecure' ? strings.listen.insecure : said.unreadable;
    return <Notice look="danger">{words}</Notice>;
  }
  return <ProblemNotice error={error} />;
}
