/** What a service's table keeps of meetings, and what an erasure does with it. `docs/privacy.md` is made of these. */
export interface TableHolding {
  /** Without the schema. */
  table: string;
  /** The column that names the meeting. Default: `meeting_id`. */
  meeting?: string;
  /** What stands in it, in words that the person in the meeting understands. */
  holds: string;
  onErasure: OnErasure;
}

export type OnErasure =
  /** The rows go. */
  | 'delete'
  /** Rows stay as they are: nothing that anybody said or wrote is in them. */
  | 'keep'
  /** Rows stay, emptied by this SET clause; `rest` says what is left. */
  | { set: string; rest: string };

/** The column of a holding that names the meeting. */
export function meetingColumn({ meeting = 'meeting_id' }: TableHolding): string {
  return meeting;
}
