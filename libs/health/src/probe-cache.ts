import type { HealthCheck, HealthProbe } from './health-check';

/** What a probe found, and how long that took. */
export interface Finding extends HealthProbe {
  latencyMs: number;
}

/** Longer than this is as good as no answer. */
const LIMIT_MS = 2_000;
/** Whoever asks again within this time gets the same answer: probing must not become load. */
const KEPT_MS = 1_000;
/** That something is away is soon old news: a service that starts, or whose database is back, is ready at once. */
const AWAY_KEPT_MS = 100;

/** Asks one dependency at most once at a time, within a time limit, and not again while the answer is young. */
export class ProbeCache {
  private last: { finding: Promise<Finding>; until: number } | undefined;

  constructor(readonly check: HealthCheck) {}

  /** Never rejects. */
  ask(): Promise<Finding> {
    const now = performance.now();
    if (!this.last || now > this.last.until) this.last = this.begin(now);
    return this.last.finding;
  }

  private begin(now: number): { finding: Promise<Finding>; until: number } {
    const finding = this.probe(now);
    const kept = { finding, until: now + LIMIT_MS };
    void finding.then(({ up }) => {
      kept.until = performance.now() + (up ? KEPT_MS : AWAY_KEPT_MS);
    });
    return kept;
  }

  private async probe(startedAt: number): Promise<Finding> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<HealthProbe>((resolve) => {
      timer = setTimeout(() => {
        resolve({ up: false, reason: 'timeout' });
      }, LIMIT_MS);
    });
    const asked = this.check.probe().catch(() => ({ up: false, reason: 'unreachable' }));
    const found = await Promise.race([asked, late]);
    clearTimeout(timer);
    return { ...found, latencyMs: Math.round(performance.now() - startedAt) };
  }
}
