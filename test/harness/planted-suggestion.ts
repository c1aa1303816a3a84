import { newId } from '@parley/contracts';
import type { Client } from 'pg';

/** Plants a pending suggestion as agent would have made it, where only its decision is of interest. @returns its id */
export async function plantSuggestion(database: Client, text: string): Promise<string> {
  const id = newId<string>();
  const columns = {
    id,
    meeting_id: newId<string>(),
    kind: 'task',
    text,
    arguments: '{}',
    confidence: 0.9,
    reasons: '[]',
    citations: '[]',
    status: 'pending',
    engine: 'rules',
    degraded: false,
    origin_segment_id: `${id}:main:1`,
    at_ms: 0,
    dedupe_key: text,
  };
  const names = Object.keys(columns);
  await database.query(
    `INSERT INTO agent.suggestions (${names.join(', ')})
     VALUES (${names.map((_, at) => `$${String(at + 1)}`).join(', ')})`,
    Object.values(columns),
  );
  return id;
}
