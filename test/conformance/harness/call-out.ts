import type { Answer } from '../../harness/http';
import type { Spare } from './spare';
import type { Subject } from './subject';

const TRIES = 5;
const TOO_LATE = 504;

/**
 * Asks the spare process for something that makes it call another service, with these headers. It has a second for
 * it, which on a machine that is busy elsewhere may pass before it has called anybody: then it is asked again.
 */
export async function callsOut(
  subject: Subject,
  spare: Spare,
  headers: Record<string, string>,
): Promise<void> {
  for (let tried = 0; tried < TRIES; tried++) {
    const { status } = await ask(subject, spare, headers);
    if (status !== TOO_LATE) return;
  }
}

async function ask(
  subject: Subject,
  { process, database }: Spare,
  headers: Record<string, string>,
): Promise<Answer> {
  if (subject.name === 'agent') {
    // Approving looks for a connection that can carry it out.
    const { path } = await subject.newWrite(database);
    const approve = path.replace(/reject$/, 'approve');
    return subject.ask(approve, { method: 'POST', json: {}, headers }, process);
  }
  // A meeting that nlu has not heard of: it asks ingestion.
  return subject.ask(subject.sample.unknown, { headers }, process);
}
