import type { CaptionsTaken } from '@parley/client';
import { strings } from '@/strings';
import { Notice, ProblemNotice } from '../notice';

interface CaptionsOutcomeProps {
  busy: boolean;
  taken: CaptionsTaken | null;
  error: unknown;
}

/** What became of a file of captions; nothing while there was none. */
export function CaptionsOutcome({ busy, taken, error }: CaptionsOutcomeProps) {
  if (busy) return <Notice className="mt-2">{strings.captions.sending}</Notice>;
  if (taken) {
    return (
      <Notice className="mt-2" look={taken.withheld > 0 ? 'warn' : 'info'}>
        {strings.captions.taken(taken)}
      </Notice>
    );
  }
  return <ProblemNotice className="mt-2" error={error} />;
}
