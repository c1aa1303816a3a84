import { types } from 'node:util';
import { unwrap, type ParleyClient } from '@parley/client';

type Request = (parley: ParleyClient) => Promise<unknown>;

/** One of each service that people wait for, reading and writing. */
const REQUESTS: Record<string, Request> = {
  'ingestion, reading': async ({ ingestion }) => unwrap(ingestion.GET('/v1/meetings')),
  'ingestion, writing': async ({ ingestion }) =>
    unwrap(ingestion.POST('/v1/meetings', { body: { title: 'Asked for while it restarts' } })),
  asr: async ({ asr }) => unwrap(asr.GET('/v1/engines')),
  nlu: async ({ nlu }) =>
    unwrap(nlu.POST('/v1/analyses', { body: { text: 'We ship it on Friday.' } })),
  rag: async ({ rag }) => unwrap(rag.POST('/v1/search', { body: { query: 'refund' } })),
  agent: async ({ agent }) => unwrap(agent.GET('/v1/suggestions')),
  integrations: async ({ integrations }) => unwrap(integrations.GET('/v1/deliveries')),
};

const EVERY_MS = 10;
/** On a crowded machine this process may get no turn for seconds; by then its connections may have been idle for too long. */
const STOOD_STILL_MS = 250;

/** Sends requests at a fixed rate, whatever becomes of them; none is tried twice. */
export class SteadyRequests {
  private sent = 0;
  private readonly failures: string[] = [];
  private readonly open = new Set<Promise<void>>();
  private readonly timer: NodeJS.Timeout;
  private readonly startedAt = performance.now();

  constructor(
    private readonly parley: ParleyClient,
    perSecond: number,
  ) {
    let lookedAt = this.startedAt;
    this.timer = setInterval(() => {
      const now = performance.now();
      const stoodStillMs = now - lookedAt;
      lookedAt = now;
      // What was closed meanwhile is seen first, here and by the balancers, before anything is sent on it.
      if (stoodStillMs > STOOD_STILL_MS) return;
      const due = ((now - this.startedAt) / 1_000) * perSecond;
      while (this.sent < due) this.sendOne();
    }, EVERY_MS);
  }

  /** Sends no more. @returns how many were sent and what failed, once all are answered. */
  async stop(): Promise<{ sent: number; failures: string[] }> {
    clearInterval(this.timer);
    await Promise.all(this.open);
    return { sent: this.sent, failures: this.failures };
  }

  private sendOne(): void {
    const all = Object.entries(REQUESTS);
    const [name, request] = all[this.sent % all.length] ?? [];
    if (!name || !request) return;
    this.sent += 1;
    const second = Math.floor((performance.now() - this.startedAt) / 1_000);
    const one = request(this.parley).then(
      () => undefined,
      (error: unknown) => {
        this.failures.push(`${name}, in second ${second}: ${whyOf(error)}`);
      },
    );
    this.open.add(one);
    void one.then(() => this.open.delete(one));
  }
}

/** What it says, and what it says was behind it, down to the last. `fetch` throws errors of another realm than a test's. */
function whyOf(error: unknown): string {
  if (!types.isNativeError(error)) return String(error);
  const code = 'code' in error ? ` ${String(error.code)}` : '';
  return `${String(error)}${code}${error.cause === undefined ? '' : `, because ${whyOf(error.cause)}`}`;
}
