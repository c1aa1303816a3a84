import type { PartCosts } from './part-costs';

/** What the bench asks of the replica. */
export type ReplicaOrder = 'cpu' | 'sealed' | 'plain' | 'parts';

/** What the replica tells when it serves. */
export interface ReplicaReady {
  url: string;
  /** An API key of a workspace, which this replica takes. */
  apiKey: string;
}

/** What the replica answers to an order. */
export interface ReplicaAnswer {
  /** Processor time of the whole process so far. Unit: milliseconds. */
  cpuMs: number;
  parts?: PartCosts;
}
