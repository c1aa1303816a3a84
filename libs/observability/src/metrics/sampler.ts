/** A scrape waits no longer than this for one source. */
const LIMIT_MS = 1_000;
/** Scrapes closer together than this share an answer, so that asking often costs the source nothing. */
const KEPT_MS = 1_000;

/** Asks a source at most once at a time, and not again while its last answer is young. */
export class Sampler {
  private answer: { at: number; ok: Promise<boolean> } | undefined;

  constructor(private readonly sample: () => Promise<void>) {}

  /** @returns whether what was sampled is fresh. */
  async fresh(): Promise<boolean> {
    const now = performance.now();
    if (!this.answer || now - this.answer.at > KEPT_MS) {
      this.answer = { at: now, ok: this.run() };
    }
    return this.answer.ok;
  }

  private async run(): Promise<boolean> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<false>((resolve) => {
      timer = setTimeout(() => {
        resolve(false);
      }, LIMIT_MS);
    });
    const sampled = this.sample().then(
      () => true,
      () => false,
    );
    return Promise.race([sampled, late]).finally(() => {
      clearTimeout(timer);
    });
  }
}
