import type { EventType, Topic } from '@parley/contracts';
import { logEvent } from '@parley/observability';
import { compareLetterIds, type DeadLetter, type DeadLetters } from '../delivery/dead-letter';
import type { Forgetting } from '../event-bus';
import type { RawEvent } from '../delivery/event-taker';

const KEPT = 1_000;

/** Hands a message to one group; rejects while the group is away. */
export type Redeliver = (group: string, topic: Topic, raw: RawEvent) => Promise<void>;

/** The dead letters of the embedded bus: they end with the process. */
export class MemoryDeadLetters implements DeadLetters {
  private letters: DeadLetter[] = [];
  private written = 0;

  constructor(private readonly redeliver: Redeliver) {}

  add(letter: Omit<DeadLetter, 'id' | 'diedAt'>): void {
    const now = new Date();
    this.written += 1;
    this.letters.push({ ...letter, id: `${now.getTime()}-${this.written}`, diedAt: now });
    if (this.letters.length <= KEPT) return;
    this.letters.shift();
    logEvent('bus.dead-letter-dropped', { kept: KEPT });
  }

  count(topic: Topic): number {
    return this.letters.filter((letter) => letter.topic === topic).length;
  }

  list(
    topic: Topic,
    { limit = 100, upTo }: { limit?: number; upTo?: string } = {},
  ): Promise<DeadLetter[]> {
    const wanted = this.letters.filter(
      ({ topic: its, id }) =>
        its === topic && (upTo === undefined || compareLetterIds(id, upTo) <= 0),
    );
    return Promise.resolve(wanted.reverse().slice(0, limit));
  }

  find(topic: Topic, id: string): Promise<DeadLetter | null> {
    return Promise.resolve(
      this.letters.find((letter) => letter.topic === topic && letter.id === id) ?? null,
    );
  }

  async replay(topic: Topic, id: string): Promise<boolean> {
    const letter = await this.find(topic, id);
    if (!letter || !(await this.discard(topic, id))) return false;
    const { group, event: json } = letter;
    // Its end is not waited for: that may take all its retries.
    this.redeliver(group, topic, { type: undefined, json, only: group }).catch(() => {
      this.add(letter);
    });
    return true;
  }

  /** @returns how many went. */
  forget(meetingId: string, which?: Forgetting): number {
    const before = this.letters.length;
    this.letters = this.letters.filter(({ event }) => !isOf(meetingId, event, which));
    return before - this.letters.length;
  }

  discard(topic: Topic, id: string): Promise<boolean> {
    const before = this.letters.length;
    this.letters = this.letters.filter((letter) => letter.topic !== topic || letter.id !== id);
    return Promise.resolve(this.letters.length < before);
  }
}

function goes({ types, onceRead }: Forgetting, type: EventType): boolean {
  return types.includes(type) || onceRead.includes(type);
}

/** Other meetings may mention it: only the envelope's own meeting counts. What cannot be read is anybody's. */
function isOf(meetingId: string, json: string, which?: Forgetting): boolean {
  if (!json.includes(meetingId)) return false;
  try {
    const event = JSON.parse(json) as { meetingId?: unknown; type: EventType };
    return event.meetingId === meetingId && (which === undefined || goes(which, event.type));
  } catch {
    return true;
  }
}
