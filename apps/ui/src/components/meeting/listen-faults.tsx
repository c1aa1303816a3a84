import { ParleyProblem } from '@parley/client';
import type { ListeningState } from '@/meeting/use-listening';
import { strings } from '@/strings';
import { Notice, ProblemNotice } from '../notice';

const said = strings.listen;

/** Why nothing is heard, or that it is heard late. */
export function ListenFaults({ state, slow }: { state: ListeningState; slow: boolean }) {
  const notice = faultOf(state) ?? (slow ? <Notice look="warn">{said.sending}</Notice> : null);
  return notice ? <div className="mt-2">{notice}</div> : null;
}

function faultOf(state: ListeningState) {
  if (state.name !== 'off') return null;
  if (state.fault) return <Notice look="danger">{said[state.fault]}</Notice>;
  if (state.error === undefined) return null;
  const taken = state.error instanceof ParleyProblem && state.error.code === 'channel-busy';
  if (taken) return <Notice look="danger">{said.taken}</Notice>;
  return <ProblemNotice error={state.error} />;
}
