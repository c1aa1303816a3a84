import { QUOTING_SECTIONS } from '@parley/contracts';

/** What a service's table keeps of meetings, and what an erasure does with it. `docs/privacy.md` is made of these. */
export interface TableHolding {
  /** Without the schema. */
  table: string;
  /** The column that names the meeting. Default: `meeting_id`. */
  meeting?: string;
  /** What stands in it, in words that the person in the meeting understands. */
  holds: string;
  onErasure: OnErasure;
  /** What becomes of it when of the meeting only notes may be kept. Left out: there are no words in it. */
  words?: OnReduction;
}

/** The parts are SQL over the table's columns. */
export interface OnReduction {
  /** Which rows go; the row is called `held`. */
  goes?: string;
  /** A SET clause for those that stay. */
  set?: string;
  /** Which rows (`NEW`) are not let in afterwards. */
  refused?: string;
  /** What stays, in words that the person in the meeting understands. */
  stays: string;
}

/** All of a table goes, and nothing is let in afterwards. */
export const ALL_WORDS = { goes: 'true', refused: 'true', stays: 'nothing' } as const;

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

/** SQL for what may be kept of a summary: of one made of spoken sentences what was decided, who does what, and what people wrote. */
export function notesOf(schema: string, column: string): string {
  const sections = `${schema}.without_quotes(${column}->'sections')`;
  const written = QUOTING_SECTIONS.map(
    (section) => `'${section}', (
      SELECT coalesce(jsonb_agg(line ORDER BY position), '[]')
      FROM jsonb_array_elements(${sections}->'${section}') WITH ORDINALITY AS lines(line, position)
      WHERE line ? 'editedBy')`,
  );
  return `jsonb_set(${schema}.without_quotes(${column}), '{sections}',
    ${sections}
      || CASE WHEN ${column}->>'engine' LIKE 'extractive%' THEN jsonb_build_object(${written.join(', ')})
         ELSE '{}' END)`;
}
