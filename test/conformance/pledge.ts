import type { ServiceName } from '@parley/config';
import type { Subject } from './harness/subject';

/** The rows of the acceptance criteria that every service is held to. */
export const ROWS = {
  1: 'errors',
  2: 'idempotency',
  3: 'rate limits',
  4: 'probes',
  5: 'drain',
  6: 'start',
  7: 'limits',
  8: 'input',
  9: 'headers',
  10: 'request id',
  11: 'logs',
  12: 'metrics',
  13: 'traces',
  14: 'contract',
  26: 'tenancy',
} as const;

export type Row = keyof typeof ROWS;

/** One sentence that an operator may rely on, and how to find out whether it is true of a service. */
export interface Pledge {
  row: Row;
  /** Reads on after "<service>: ". */
  says: string;
  /** @throws when the service does not keep it */
  check(subject: Subject): Promise<void>;
  /** Services of which it cannot be asked, with the reason. */
  except?: Partial<Record<ServiceName, string>>;
  /** Why it cannot be asked on this machine; the empty text: it can. */
  impossible?(): string;
  /** Default: 60 s. */
  limitMs?: number;
  /** Mostly waiting: begun at once for every service, beside the others. */
  waits?: boolean;
}

/** Ties the pledges of a file to their row. */
export function pledges(row: Row, list: Omit<Pledge, 'row'>[]): Pledge[] {
  return list.map((pledge) => ({ row, ...pledge }));
}

/** Services that call no other over HTTP. */
export const NO_CALLS: Partial<Record<ServiceName, string>> = Object.fromEntries(
  ['ingestion', 'asr', 'rag', 'integrations'].map((name) => [name, 'calls no other service']),
);

/** Services that serve no WebSocket. */
export const NO_SOCKETS: Partial<Record<ServiceName, string>> = Object.fromEntries(
  ['nlu', 'rag', 'agent', 'integrations'].map((name) => [name, 'serves no WebSocket']),
);

/** Services none of whose routes takes JSON. */
export const NO_JSON: Partial<Record<ServiceName, string>> = {
  asr: 'no route takes JSON; its uploads are tried by the walker',
};

/** Services none of whose routes makes an event. */
export const NO_EVENTS: Partial<Record<ServiceName, string>> = {
  asr: 'no route makes an event',
  nlu: 'no route makes an event',
  integrations: 'no route makes an event',
};

/** Whether it can be asked of this service, here. */
export function applies(pledge: Pledge, name: ServiceName): boolean {
  return reasonAgainst(pledge, name) === '';
}

/** Why it cannot be asked of this service, here; the empty text: it can. */
export function reasonAgainst(pledge: Pledge, name: ServiceName): string {
  return pledge.except?.[name] ?? pledge.impossible?.() ?? '';
}
