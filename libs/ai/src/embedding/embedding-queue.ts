/** Texts that one caller waits for; vectors fill up batch by batch. */
export interface EmbeddingJob {
  readonly texts: readonly string[];
  readonly vectors: Float32Array[];
  readonly settle: (outcome: Float32Array[] | Error) => void;
}

/** A long text costs as much as many short ones, and nobody waits longer than one batch for his turn. */
const BATCH_CHARACTERS = 1_200;
const BATCH_TEXTS = 16;

/** Who is next: the job with the least left to do, so that a question does not wait for a book. */
export class EmbeddingQueue {
  private readonly jobs: EmbeddingJob[] = [];

  constructor(private readonly maxTexts: number) {}

  /** @returns false when the queue has no room for it. */
  add(job: EmbeddingJob): boolean {
    const waiting = this.jobs.reduce((sum, other) => sum + left(other), 0);
    if (waiting + job.texts.length > this.maxTexts) return false;
    this.jobs.push(job);
    return true;
  }

  remove(job: EmbeddingJob): void {
    const index = this.jobs.indexOf(job);
    if (index >= 0) this.jobs.splice(index, 1);
  }

  /** The next texts to embed, and whose they are. */
  next(): { job: EmbeddingJob; texts: string[] } | undefined {
    const [first, ...others] = this.jobs;
    if (!first) return undefined;
    const job = others.reduce((best, other) => (left(other) < left(best) ? other : best), first);
    const texts: string[] = [];
    let characters = 0;
    for (const text of job.texts.slice(job.vectors.length, job.vectors.length + BATCH_TEXTS)) {
      if (texts.length > 0 && characters + text.length > BATCH_CHARACTERS) break;
      texts.push(text);
      characters += text.length;
    }
    return { job, texts };
  }

  /** Empties it; the caller settles what was waiting. */
  drain(): EmbeddingJob[] {
    return this.jobs.splice(0);
  }
}

function left(job: EmbeddingJob): number {
  return job.texts.length - job.vectors.length;
}
