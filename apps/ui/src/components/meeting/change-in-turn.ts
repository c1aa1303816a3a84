import { ParleyProblem, type EditSummary, type Summary } from '@parley/client';

/** What is changed of one version. */
export type SummaryChange = Omit<EditSummary, 'version'>;

/** What is to be changed of the summary as it is by then; null: nothing. What it throws is thrown. */
export type SummaryPlan = (now: Summary) => SummaryChange | null;

interface SummaryEnds {
  /** The newest that the page knows of. */
  known: () => Summary | null;
  /** Sends a change, after which the new summary is known. */
  send: (change: EditSummary) => Promise<void>;
  /** Asks for the summary, after which that is known. */
  ask: () => Promise<void>;
}

/**
 * Changes a summary by one plan after the other. Where somebody else was quicker a plan is asked again, of what they left.
 * @throws ParleyProblem `conflict` when they were quicker twice
 */
export function changeInTurn({ known, send, ask }: SummaryEnds) {
  let turn: Promise<unknown> = Promise.resolve();
  const carryOut = async (plan: SummaryPlan): Promise<void> => {
    const now = known();
    const change = now && plan(now);
    if (change) await send({ ...change, version: now.version });
  };
  const orAgain = async (plan: SummaryPlan): Promise<void> => {
    try {
      await carryOut(plan);
    } catch (problem) {
      if (!(problem instanceof ParleyProblem) || problem.code !== 'conflict') throw problem;
      await ask();
      await carryOut(plan);
    }
  };
  return (plan: SummaryPlan): Promise<void> => {
    const changed = turn.then(() => orAgain(plan));
    turn = changed.catch(() => undefined);
    return changed;
  };
}
