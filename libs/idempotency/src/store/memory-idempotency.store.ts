import { ExpiringMap } from './expiring-map';
import { IdempotencyStore, type Claim, type Completion, type Mark } from './idempotency.store';

export interface MemoryIdempotencyOptions {
  /** Default: 10,000 answers; the oldest go first. */
  mostAnswers?: number;
  /** Default: 16 MiB of bodies, so that large answers are bounded too. */
  mostBytes?: number;
  /** Milliseconds, any origin. Default: performance.now. */
  now?: () => number;
}

const MOST_ANSWERS = 10_000;
const MOST_BYTES = 16 << 20;
/** Requests that are worked on at once, and erased meetings remembered. Far above what a process serves. */
const MOST_MARKS = 100_000;
/** What an answer takes beside its body. */
const ENTRY_BYTES = 500;

/** Keeps keys and answers in this process. */
export class MemoryIdempotencyStore extends IdempotencyStore {
  private readonly marks: ExpiringMap<Mark>;
  private readonly answers: ExpiringMap<Completion>;
  private readonly forgotten: ExpiringMap<true>;
  private readonly byMeeting = new Map<string, Set<string>>();

  constructor(options: MemoryIdempotencyOptions = {}) {
    super();
    const now = options.now ?? (() => performance.now());
    this.marks = new ExpiringMap({ now, mostEntries: MOST_MARKS });
    this.forgotten = new ExpiringMap({ now, mostEntries: MOST_MARKS });
    this.answers = new ExpiringMap({
      now,
      mostEntries: options.mostAnswers ?? MOST_ANSWERS,
      mostBytes: options.mostBytes ?? MOST_BYTES,
      bytesOf: ({ answer }) => ENTRY_BYTES + 2 * (answer.body?.length ?? 0),
      onGone: (slot, { meetingIds }) => {
        this.leaveMeetings(slot, meetingIds);
      },
    });
  }

  /** Whether it knows anything of a slot. */
  knows(slot: string): boolean {
    return this.marks.get(slot) !== undefined || this.answers.get(slot) !== undefined;
  }

  /** Answers held. */
  get size(): number {
    return this.answers.size;
  }

  claim(slot: string, mark: Mark, lifeMs: number): Promise<Claim> {
    const done = this.answers.get(slot);
    if (done) {
      const { fingerprint, answer } = done;
      return Promise.resolve({ state: 'done', fingerprint, answer });
    }
    const held = this.marks.get(slot);
    if (held) return Promise.resolve({ state: 'in-flight', fingerprint: held.fingerprint });
    this.marks.set(slot, mark, lifeMs);
    return Promise.resolve({ state: 'claimed' });
  }

  hold(slot: string, mark: Mark, lifeMs: number): Promise<boolean> {
    if (this.isAnothers(slot, mark.token)) return Promise.resolve(false);
    this.marks.set(slot, mark, lifeMs);
    return Promise.resolve(true);
  }

  complete(slot: string, completion: Completion, ttlMs: number): Promise<boolean> {
    if (this.isAnothers(slot, completion.token)) return Promise.resolve(false);
    this.marks.delete(slot);
    const { meetingIds } = completion;
    if (meetingIds.some((id) => this.forgotten.get(id))) return Promise.resolve(true);
    this.answers.set(slot, completion, ttlMs);
    for (const id of meetingIds) {
      const slots = this.byMeeting.get(id);
      if (slots) slots.add(slot);
      else this.byMeeting.set(id, new Set([slot]));
    }
    return Promise.resolve(true);
  }

  release(slot: string, token: string): Promise<boolean> {
    if (this.marks.get(slot)?.token !== token) return Promise.resolve(false);
    this.marks.delete(slot);
    return Promise.resolve(true);
  }

  forgetMeeting(meetingId: string, ttlMs: number): Promise<number> {
    this.forgotten.set(meetingId, true, ttlMs);
    const slots = [...(this.byMeeting.get(meetingId) ?? [])];
    for (const slot of slots) this.answers.delete(slot);
    return Promise.resolve(slots.length);
  }

  private isAnothers(slot: string, token: string): boolean {
    const held = this.marks.get(slot);
    return (held !== undefined && held.token !== token) || this.answers.get(slot) !== undefined;
  }

  private leaveMeetings(slot: string, meetingIds: readonly string[]): void {
    for (const id of meetingIds) {
      const slots = this.byMeeting.get(id);
      slots?.delete(slot);
      if (slots?.size === 0) this.byMeeting.delete(id);
    }
  }
}
