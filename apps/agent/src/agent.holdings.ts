import { ALL_WORDS, notesOf, type TableHolding } from '@parley/database';

/** What agent keeps of meetings. */
export const agentHoldings: TableHolding[] = [
  {
    table: 'actions',
    holds: 'approved suggestions: arguments, quotes, who approved',
    onErasure: 'delete',
    words: {
      set: 'approved = agent.without_quotes(approved)',
      stays: 'what a person approved, without quotes',
    },
  },
  {
    table: 'suggestions',
    holds: 'what was proposed, with quotes, and what was decided',
    onErasure: 'delete',
    words: {
      goes: `kind <> 'task' AND status <> 'approved'`,
      set: 'citations = agent.without_quotes(citations)',
      refused: `NEW.kind <> 'task' AND NEW.status = 'pending'`,
      stays: 'tasks, and what a person approved, without quotes',
    },
  },
  {
    table: 'summaries',
    holds: 'objectives, key points, decisions, tasks, open questions',
    onErasure: 'delete',
    words: {
      goes: `version < (SELECT max(version) FROM agent.summaries last WHERE last.meeting_id = held.meeting_id)`,
      set: `summary = ${notesOf('agent', 'summary')}, dismissed = '[]'`,
      stays:
        'the last one without quotes; of one made of spoken sentences, decisions, tasks and what people wrote',
    },
  },
  {
    table: 'lines',
    holds: 'what was said and what was meant by it',
    onErasure: 'delete',
    words: ALL_WORDS,
  },
  {
    table: 'model_use',
    holds: 'how many tokens a model used for the meeting',
    onErasure: 'delete',
  },
  { table: 'completed_channels', holds: 'which channels are drained', onErasure: 'delete' },
  { table: 'meetings', meeting: 'id', holds: 'title, participants', onErasure: 'delete' },
];
