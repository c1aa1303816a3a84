import { ALL_WORDS, notesOf, type TableHolding } from '@parley/database';

/** Suggestions that nobody approved, but for tasks. */
const UNDECIDED = `
  type IN ('suggestion', 'suggestion.decided') AND data->>'kind' <> 'task' AND NOT EXISTS (
    SELECT 1 FROM ingestion.timeline_entries decided
    WHERE decided.meeting_id = held.meeting_id AND decided.type = 'suggestion.decided'
      AND decided.data->>'id' = held.data->>'id' AND decided.data->>'status' = 'approved')`;

const EARLIER_SUMMARY = `
  type = 'summary' AND (data->>'version')::integer < (
    SELECT max((newest.data->>'version')::integer) FROM ingestion.timeline_entries newest
    WHERE newest.meeting_id = held.meeting_id AND newest.type = 'summary')`;

/** What ingestion keeps of meetings. */
export const ingestionHoldings: TableHolding[] = [
  {
    table: 'timeline_entries',
    holds: 'all that viewers saw: segments, insights, suggestions, summaries, deliveries',
    onErasure: 'delete',
    words: {
      goes: `type IN ('segment.final', 'segment.revised', 'insight')
        OR ${EARLIER_SUMMARY} OR ${UNDECIDED}`,
      set: `data = CASE type WHEN 'summary' THEN ${notesOf('ingestion', 'data')}
        ELSE ingestion.without_quotes(data) END`,
      refused: `NEW.type IN ('segment.final', 'segment.revised', 'insight')
        OR NEW.type = 'suggestion' AND NEW.data->>'kind' <> 'task'
        OR NEW.type = 'suggestion.decided' AND NEW.data->>'kind' <> 'task'
          AND NEW.data->>'status' <> 'approved'`,
      stays: 'summary, tasks, what a person approved and what became of it, without quotes',
    },
  },
  {
    table: 'coverage_spans',
    holds: 'which stretches were speech, silence, withheld or lost',
    onErasure: 'delete',
  },
  {
    table: 'recording_parts',
    holds: 'which stretches of audio are kept as blobs, where that was wanted',
    onErasure: 'delete',
    words: ALL_WORDS,
  },
  {
    table: 'uploads',
    holds: 'how far recordings that were uploaded have been heard; their files until then, sealed',
    onErasure: 'delete',
  },
  {
    table: 'consents',
    holds: 'what each participant said about being recorded, when, and who noted it',
    onErasure: 'delete',
  },
  {
    table: 'channels',
    holds: 'how much audio came on which channel, and from which sender',
    onErasure: 'delete',
  },
  {
    table: 'meetings',
    meeting: 'id',
    holds: 'title, participants with their names and addresses, vocabulary, times',
    onErasure: 'delete',
  },
  {
    table: 'planned_meetings',
    holds:
      'what a calendar plans: title, participants and times, until it is begun, cancelled or over; of a meeting that was ' +
      'begun only that and when it was planned',
    onErasure: 'keep',
  },
  {
    table: 'reductions',
    holds: 'that the words of a notes-only meeting are gone, and since when',
    onErasure: 'delete',
  },
  {
    table: 'erasures',
    holds: 'receipts: that a meeting was erased, when, why, and how much of it there was',
    onErasure: 'keep',
  },
];
