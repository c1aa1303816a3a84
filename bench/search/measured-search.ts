import type { SearchMode, SearchResults } from '@parley/contracts';
import type { DataSource } from 'typeorm';
import { familyCpuMs, parentOf } from '../process-tree';
import type { StageClock } from './stage-clock';

/** How one way of searching fared. */
export interface SearchTimes {
  mode: SearchMode;
  atOnce: number;
  /** Wall time of each search, over HTTP. */
  ms: number[];
  /** Processor time of a search in the mean: rag's process with the model and the client, and PostgreSQL's. */
  ragCpuMs: number;
  postgresCpuMs: number;
  /** Wall time of each stage, of each search. */
  stages: Map<string, number[]>;
}

/** So often everything is asked before it counts: a service that answers people all day has been compiled. */
const WARM_UP = 8;

/** Asks every question `rounds` times, after some for nobody. */
export async function measureSearch(
  url: string,
  rows: DataSource,
  questions: string[],
  way: { mode: SearchMode; atOnce: number; rounds: number; clock: StageClock },
): Promise<SearchTimes> {
  const { mode, atOnce, rounds, clock } = way;
  for (let round = 0; round < WARM_UP; round++) {
    for (const question of questions) await search(url, question, mode);
  }
  clock.take();
  const server = await postmaster(rows);
  const before = { rag: process.cpuUsage(), postgres: postgresCpuMs(server) };
  const waiting = Array.from({ length: rounds }, () => questions).flat();
  const ms: number[] = [];
  const client = async (): Promise<void> => {
    for (let question = waiting.pop(); question !== undefined; question = waiting.pop()) {
      const startedAt = performance.now();
      await search(url, question, mode);
      ms.push(performance.now() - startedAt);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, client));
  const { user, system } = process.cpuUsage(before.rag);
  const postgres = postgresCpuMs(server) - before.postgres;
  return {
    mode,
    atOnce,
    ms,
    ragCpuMs: (user + system) / 1_000 / ms.length,
    postgresCpuMs: postgres / ms.length,
    stages: clock.take(),
  };
}

export async function search(
  url: string,
  query: string,
  mode: SearchMode,
): Promise<SearchResults['items']> {
  const response = await fetch(`${url}/v1/search`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, mode }),
  });
  if (!response.ok) throw new Error(`the search answered ${response.status}`);
  const { items, degraded } = (await response.json()) as SearchResults;
  if (degraded) throw new Error('the search had to do without vectors');
  return items;
}

function postgresCpuMs(server: number | null): number {
  return server === null ? Number.NaN : familyCpuMs(server);
}

/** The process whose children serve our connections; the server runs on this machine. */
async function postmaster(rows: DataSource): Promise<number | null> {
  // The embedded one is no process of its own.
  if (!process.env.TEST_DATABASE_URL) return null;
  const [row] = await rows.query<{ pid: number }[]>(`SELECT pg_backend_pid() AS pid`);
  return parentOf(row?.pid ?? 0);
}
