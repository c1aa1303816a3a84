/** What the embedded server's process is started with, as JSON in its first argument. */
export interface ChildOptions {
  dataDir: string;
  port: number;
  idleInTransactionMs: number;
}

/** What it tells its supervisor. */
export type ChildMessage = { type: 'ready'; port: number } | { type: 'failed'; reason: string };
