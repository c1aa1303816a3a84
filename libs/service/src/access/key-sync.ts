import {
  Inject,
  Injectable,
  Optional,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import { Broadcast } from '@parley/bus';
import type { AnnouncedKey } from '@parley/contracts';
import {
  logEvent,
  makeContext,
  Metrics,
  requestContext,
  runInContext,
} from '@parley/observability';
import { ServiceClient } from '../client/service-client';
import type { Page } from '../http/page.query';
import { AbsentKeys } from './absent-keys';
import { KeyRing } from './key-ring';

/** Tells every key that is valid now; with ids, those of them. */
export type KeySource = (ids?: readonly string[]) => Promise<AnnouncedKey[]>;

/** What replicas of one service tell each other. */
export interface KeyNews {
  keyId: string;
  revoked: boolean;
}

const ASK_EVERY_MS = 15_000;
const FIRST_RETRY_MS = 500;
/** Keys that nobody made can be shown without end; they cost ingestion no more than this. */
const LOOK_AGAIN_EVERY_MS = 1_000;
/** Of more of them at once all keys are asked for. */
export const MOST_LOOKED_FOR = 50;
/** Whoever shows such a key waits no longer, whatever ingestion does. */
const LOOK_WITHIN_MS = 2_000;
/** While everything starts, ingestion may come last. */
const FAILURES_TO_TELL = 4;
const PAGE = 200;

/**
 * Keeps this replica's {@link KeyRing} as ingestion has it: asks when it starts, at news of a key, and every 15 s in
 * case the news was lost. While ingestion is away the keys stay as they were.
 */
@Injectable()
export class KeySync implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly service = requestContext().service;
  private source: KeySource;
  /** Whether ingestion told its keys, once it is known: of the question under way, and of the one that follows it. */
  private asking: Promise<boolean> | undefined;
  private next: Promise<boolean> | undefined;
  private readonly absent = new AbsentKeys();
  private looking: Promise<boolean> | undefined;
  private wanted = new Set<string>();
  /** Found by a look since all keys were asked for: that answer may not have them. */
  private found: AnnouncedKey[] = [];
  private lookedAtMs = Number.NEGATIVE_INFINITY;
  private failures = 0;
  private heardAt: number | undefined;
  private timer: NodeJS.Timeout | undefined;
  private stopped = false;
  private stopListening: () => Promise<void> = () => Promise.resolve();

  constructor(
    @Inject(KeyRing) private readonly ring: KeyRing,
    @Inject(ServiceClient) services: ServiceClient,
    @Inject(Metrics) metrics: Metrics,
    @Optional() @Inject(Broadcast) private readonly broadcast?: Broadcast,
  ) {
    this.source = (ids) => askIngestion(services, ids);
    metrics.reading(
      'access_keys_age_seconds',
      'Since ingestion last told the API keys of the workspaces; NaN: it has not yet.',
      () => (performance.now() - (this.heardAt ?? Number.NaN)) / 1_000,
    );
  }

  /** Whoever owns the keys looks them up, instead of asking over HTTP. */
  readFrom(source: KeySource): void {
    this.source = source;
  }

  async onApplicationBootstrap(): Promise<void> {
    const { broadcast } = this;
    if (broadcast) {
      this.stopListening = await broadcast.subscribe(this.channel, (message) => {
        void this.learn(message as KeyNews);
      });
    }
    void this.refresh();
  }

  async onModuleDestroy(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.stopListening();
    await (this.next ?? this.asking);
  }

  /** Tells all replicas of this service. */
  async tell(news: KeyNews): Promise<void> {
    if (this.broadcast) await this.broadcast.publish(this.channel, news);
    else await this.learn(news);
  }

  /** This replica's own part: a revocation holds at once, a new key is asked for. */
  learn({ keyId, revoked }: KeyNews): Promise<void> {
    if (revoked) this.ring.revoke(keyId);
    else this.absent.delete(keyId);
    return this.refresh();
  }

  /** Asks now. Resolves when this replica knows what was true at the call, or ingestion could not be asked. */
  async refresh(): Promise<void> {
    await this.round();
  }

  /**
   * For a key that is not known here: it may have been made this moment. Asks once a second at most, for all such keys,
   * and not again for one that was not there 15 s ago.
   * @returns whether ingestion told its keys within 2 s: the ring has this one, or there is none.
   */
  async lookAgain(keyId: string): Promise<boolean> {
    if (this.absent.has(keyId)) return true;
    this.wanted.add(keyId);
    const told = await within(LOOK_WITHIN_MS, (this.looking ??= this.look()));
    if (told && !this.ring.has(keyId)) this.absent.add(keyId);
    return told;
  }

  /** A question that is under way may have been answered before the call: then the next one counts. */
  private round(): Promise<boolean> {
    if (!this.asking && !this.next) return this.begin();
    return (this.next ??= (this.asking ?? Promise.resolve()).then(() => {
      this.next = undefined;
      return this.begin();
    }));
  }

  private begin(): Promise<boolean> {
    clearTimeout(this.timer);
    if (this.stopped) return Promise.resolve(false);
    return (this.asking = runInContext(makeContext(this.service, {}), () => this.ask()));
  }

  private async look(): Promise<boolean> {
    const waitMs = this.lookedAtMs + LOOK_AGAIN_EVERY_MS - performance.now();
    if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs));
    else await Promise.resolve();
    // Who comes from now on may hold a key that the answer to this does not have.
    this.looking = undefined;
    this.lookedAtMs = performance.now();
    const wanted = [...this.wanted];
    this.wanted = new Set();
    return wanted.length > MOST_LOOKED_FOR ? this.round() : this.askFor(wanted);
  }

  private async askFor(ids: readonly string[]): Promise<boolean> {
    try {
      const keys = await this.source(ids);
      this.found.push(...keys);
      this.ring.add(keys);
      return true;
    } catch {
      // It may be away, which this tells, or of a version that cannot be asked for ids.
      return this.round();
    }
  }

  private get channel(): string {
    return `access.keys.${this.service}`;
  }

  private async ask(): Promise<boolean> {
    const told = await this.hear();
    this.asking = undefined;
    if (!this.stopped) {
      this.timer = setTimeout(() => void this.refresh(), this.waitMs()).unref();
    }
    return told;
  }

  private async hear(): Promise<boolean> {
    try {
      this.found = [];
      const keys = await this.source();
      this.ring.replace([...keys, ...this.found]);
      this.heard();
      return true;
    } catch (error) {
      this.failed(error);
      return false;
    }
  }

  private heard(): void {
    this.heardAt = performance.now();
    if (this.failures >= FAILURES_TO_TELL) logEvent('access.keys-told');
    this.failures = 0;
  }

  private failed(error: unknown): void {
    this.failures += 1;
    if (this.failures === FAILURES_TO_TELL) logEvent('access.keys-untold', { err: error });
  }

  /** With jitter, so that replicas do not ask all at once. */
  private waitMs(): number {
    const exponent = Math.min(this.failures - 1, 10);
    const whole = this.failures === 0 ? ASK_EVERY_MS : FIRST_RETRY_MS * 2 ** exponent;
    return Math.min(whole, ASK_EVERY_MS) * (0.75 + Math.random() / 4);
  }
}

/** @returns what comes of it, or false when the time is up. */
async function within(limitMs: number, answer: Promise<boolean>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(resolve, limitMs, false);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}

async function askIngestion(
  services: ServiceClient,
  ids?: readonly string[],
): Promise<AnnouncedKey[]> {
  const keys: AnnouncedKey[] = [];
  let cursor: string | null = null;
  do {
    const query: { limit: number; cursor?: string; ids?: string } = {
      limit: PAGE,
      ...(ids ? { ids: ids.join() } : {}),
      ...(cursor ? { cursor } : {}),
    };
    const page: Page<AnnouncedKey> = await services.request(
      'ingestion',
      'GET',
      '/v1/keys/announced',
      { query },
    );
    keys.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return keys;
}
