/** What the embedded server's process is started with, as JSON in its first argument. */
export interface ChildOptions {
  dataDir: string;
  port: number;
  idleInTransactionMs: number;
}

export type ChildMessage =
  | { type: 'ready'; port: number }
  /** `final`: trying again would not help. */
  | { type: 'failed'; reason: string; final: boolean };
