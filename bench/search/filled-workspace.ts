import { newId } from '@parley/contracts';
import type { DataSource } from 'typeorm';
import { vectorLiteral } from '../../apps/rag/src/chunks/chunks.repository';
import { unitsOf } from '../../apps/rag/src/chunks/vector-unit';
import type { BenchChunk } from './recombined-corpus';

const ROWS = 500;

/** Writes chunks, their meetings and what was said into rag's tables, and builds the index of vectors anew. */
export async function fillWorkspace(
  rows: DataSource,
  chunks: BenchChunk[],
  vectors: ReadonlyMap<string, Float32Array>,
  vectorName: string,
): Promise<void> {
  const [index] = await rows.query<{ definition: string }[]>(
    `SELECT indexdef AS definition FROM pg_indexes WHERE schemaname = 'rag' AND indexdef LIKE '%hnsw%'`,
  );
  await rows.query(`DELETE FROM rag.meetings`);
  await rows.query(`DROP INDEX rag.chunks_by_vector`);
  const numbers = await insertSentences(rows, vectors);
  const meetings = new Map<number, string>();
  for (const { meeting } of chunks) meetings.set(meeting, meetings.get(meeting) ?? newId());
  await insertMeetings(rows, chunks, meetings);
  for (let at = 0; at < chunks.length; at += ROWS) {
    const part = chunks.slice(at, at + ROWS);
    await insertChunks(rows, part, meetings, numbers, vectorName);
  }
  await rows.query(`DROP TABLE public.sentences`);
  await rows.transaction(async (manager) => {
    await manager.query(`SET LOCAL maintenance_work_mem = '1GB'`);
    await manager.query(index?.definition ?? '');
  });
  await rows.query(`VACUUM ANALYZE rag.chunks, rag.segments, rag.meetings`);
}

/** @returns under which number each sentence stands */
async function insertSentences(
  rows: DataSource,
  vectors: ReadonlyMap<string, Float32Array>,
): Promise<Map<string, number>> {
  await rows.query(
    `CREATE UNLOGGED TABLE public.sentences (id int PRIMARY KEY, vector public.vector)`,
  );
  const all = [...vectors.values()];
  for (let at = 0; at < all.length; at += ROWS) {
    await rows.query(
      `INSERT INTO public.sentences
       SELECT $1 + number - 1, vector::public.vector
       FROM unnest($2::text[]) WITH ORDINALITY AS given (vector, number)`,
      [at, all.slice(at, at + ROWS).map(vectorLiteral)],
    );
  }
  return new Map([...vectors.keys()].map((text, index) => [text, index]));
}

async function insertMeetings(
  rows: DataSource,
  chunks: BenchChunk[],
  meetings: ReadonlyMap<number, string>,
): Promise<void> {
  const counts = [...meetings].map(([meeting, id]) => {
    const own = chunks.filter((chunk) => chunk.meeting === meeting);
    return { id, chunks: own.length, words: own.reduce((sum, { words }) => sum + words, 0) };
  });
  await rows.query(
    `INSERT INTO rag.meetings (id, workspace_id, title, started_at, ended_at, revision, indexed_revision,
                               chunk_count, word_count)
     SELECT id, 'default', 'Meeting ' || number, now(), now(), 1, 1, chunks, words
     FROM unnest($1::uuid[], $2::int[], $3::int[]) WITH ORDINALITY AS given (id, chunks, words, number)`,
    [
      counts.map(({ id }) => id),
      counts.map((each) => each.chunks),
      counts.map(({ words }) => words),
    ],
  );
}

async function insertChunks(
  rows: DataSource,
  chunks: BenchChunk[],
  meetings: ReadonlyMap<number, string>,
  numbers: ReadonlyMap<string, number>,
  vectorName: string,
): Promise<void> {
  const meetingIds = chunks.map(({ meeting }) => meetings.get(meeting));
  await rows.query(
    `INSERT INTO rag.segments (id, meeting_id, revision, speaker, start_ms, end_ms, text)
     SELECT meeting || ':main:' || ordinal || ':' || line, meeting, 0, split_part(said, ': ', 1),
            ordinal * 30000 + line * 1000, ordinal * 30000 + line * 1000 + 900,
            substr(said, strpos(said, ': ') + 2)
     FROM unnest($1::uuid[], $2::int[], $3::text[]) AS given (meeting, ordinal, text),
          regexp_split_to_table(text, E'\\n') WITH ORDINALITY AS lines (said, line)`,
    [meetingIds, chunks.map(({ ordinal }) => ordinal), chunks.map(({ text }) => text)],
  );
  await rows.query(
    `INSERT INTO rag.chunks (id, workspace_id, meeting_id, ordinal, context, text, segment_ids, start_ms,
                             end_ms, word_count, embedding, embedding_engine)
     SELECT id, 'default', meeting, ordinal, 'Meeting', text,
            (SELECT array_agg(meeting || ':main:' || ordinal || ':' || line)
             FROM generate_series(1, lines) AS line),
            ordinal * 30000, ordinal * 30000 + 29000, words,
            (SELECT public.l2_normalize(public.avg(vector)) FROM public.sentences
             WHERE sentences.id IN (SELECT number::int FROM jsonb_array_elements_text(own) AS number)), $7
     FROM unnest($1::uuid[], $2::uuid[], $3::int[], $4::text[], $5::int[], $6::int[], $8::jsonb[])
       AS given (id, meeting, ordinal, text, lines, words, own)`,
    [
      chunks.map(() => newId()),
      meetingIds,
      chunks.map(({ ordinal }) => ordinal),
      chunks.map(({ text }) => text),
      chunks.map(({ text }) => text.split('\n').length),
      chunks.map(({ words }) => words),
      vectorName,
      chunks.map(({ text }) => JSON.stringify(sentencesOf(text, numbers))),
    ],
  );
}

/** The vector that the engine would give is the mean of theirs. */
function sentencesOf(text: string, numbers: ReadonlyMap<string, number>): number[] {
  const own = unitsOf({ context: '', text }, 'sentence').flatMap((unit) => numbers.get(unit) ?? []);
  return own.length > 0 ? own : [0];
}
