import { readFile, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import { StartError } from '../launch/start-error';

/**
 * What came of a meeting, without what is another each time: ids, instants of making, the order in which
 * things came, how sure an engine was.
 */
const replayResult = z.object({
  title: z.string(),
  /** Spoken dates count from here. */
  startedAt: z.string(),
  timeZone: z.string(),
  /** In the order of speaking. */
  lines: z.array(
    z.object({
      channel: z.string(),
      speaker: z.string().nullable(),
      startMs: z.number(),
      endMs: z.number(),
      text: z.string(),
      insight: z
        .object({
          intent: z.string(),
          sentiment: z.string(),
          /** `date Friday = 2026-11-27`. */
          entities: z.array(z.string()),
          topics: z.array(z.string()),
        })
        .nullable(),
    }),
  ),
  suggestions: z.array(
    z.object({
      kind: z.string(),
      text: z.string(),
      /** `dueDate = 2026-11-27`. */
      arguments: z.array(z.string()),
      /** Where it stands, and what stands there. */
      citations: z.array(z.string()),
    }),
  ),
  summary: z.array(
    z.object({
      section: z.string(),
      text: z.string(),
      owner: z.string().nullable(),
      dueDate: z.string().nullable(),
      citations: z.array(z.string()),
    }),
  ),
  /** Milliseconds by state, all channels together. */
  coverage: z.record(z.string(), z.number()),
});

export type ReplayResult = z.infer<typeof replayResult>;
export type ReplayLine = ReplayResult['lines'][number];

/** @returns null when there is none yet. @throws StartError when the file holds something else. */
export async function readResult(path: string): Promise<ReplayResult | null> {
  try {
    return replayResult.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    if (!(error instanceof SyntaxError) && !(error instanceof z.ZodError)) throw error;
    throw new StartError(`${path} is not a replay's result; --accept writes it anew.`, {
      cause: error,
    });
  }
}

export async function writeResult(path: string, result: ReplayResult): Promise<void> {
  await writeFile(path, `${JSON.stringify(result, null, 2)}\n`);
}
