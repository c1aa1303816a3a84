import type { Meeting, ParleyClient, TimelineEntry } from '@parley/client';

/** What it takes to put right what was heard; the same object as long as nothing of it changes. */
export interface Correcting {
  client: ParleyClient;
  meeting: Meeting;
  apply: (entries: TimelineEntry[]) => void;
}
