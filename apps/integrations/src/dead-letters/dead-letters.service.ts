import { Inject, Injectable } from '@nestjs/common';
import { compareLetterIds, EventBus, isLetterId, type DeadLetter } from '@parley/bus';
import { ProblemError, TOPICS, type Envelope, type Topic } from '@parley/contracts';
import { UnitOfWork } from '@parley/database';
import { logEvent } from '@parley/observability';
import { audited, type Page } from '@parley/service';
import type { DeadLetterView } from './dead-letter.view';
import type { DeadLetterFilter, DeadLettersQuery } from './dead-letters.query';
import { mayBeSeen, toView } from './to-view';

/** Where a letter lies. */
interface Place {
  topic: Topic;
  id: string;
}

const PORTION = 200;
/** In one go; who has more calls again. */
const MOST_REPLAYED = 1_000;

/** The dead letters of all services: they share the bus. */
@Injectable()
export class DeadLettersService {
  constructor(
    @Inject(EventBus) private readonly bus: EventBus,
    @Inject(UnitOfWork) private readonly work: UnitOfWork,
  ) {}

  async list({ limit, cursor, ...filter }: DeadLettersQuery): Promise<Page<DeadLetterView>> {
    const after = cursor === undefined ? undefined : placeIn(cursor);
    if (after === null) {
      throw new ProblemError('validation-failed', 'This cursor was not given by us.');
    }
    const found = await Promise.all(
      topicsOf(filter).map((topic) => this.some(topic, filter, limit + 1, after)),
    );
    const letters = found.flat().sort(newestFirst);
    const items = letters.slice(0, limit).map(toView);
    return { items, nextCursor: letters.length > limit ? (items.at(-1)?.id ?? null) : null };
  }

  async replay(name: string): Promise<DeadLetterView> {
    const place = placeIn(name);
    const letter = place && (await this.find(place));
    if (!letter || !(await this.bus.deadLetters.replay(place.topic, place.id))) throw notFound();
    logEvent('dead-letters.replayed', { letters: 1 });
    await this.tell(audited('dead-letter.replayed', name, {}));
    return toView(letter);
  }

  /** Oldest first, as they were given up. */
  async replayAll(filter: DeadLetterFilter): Promise<number> {
    let replayed = 0;
    for (const topic of topicsOf(filter)) {
      if (replayed >= MOST_REPLAYED) break;
      const letters = await this.some(topic, filter, MOST_REPLAYED - replayed);
      for (const { id } of letters.reverse()) {
        if (await this.bus.deadLetters.replay(topic, id)) replayed += 1;
      }
    }
    logEvent('dead-letters.replayed', { letters: replayed });
    const what =
      [filter.service, filter.topic].filter((one) => one !== undefined).join(' ') || 'all';
    if (replayed > 0)
      await this.tell(audited('dead-letters.replayed', what, { letters: replayed }));
    return replayed;
  }

  async discard(name: string): Promise<void> {
    const place = placeIn(name);
    const letter = place && (await this.find(place));
    if (!letter || !(await this.bus.deadLetters.discard(place.topic, place.id))) throw notFound();
    logEvent('dead-letters.discarded', { letters: 1 });
    await this.tell(audited('dead-letter.discarded', name, {}));
  }

  private async find({ topic, id }: Place): Promise<DeadLetter | null> {
    const letter = await this.bus.deadLetters.find(topic, id);
    return letter && mayBeSeen(letter) ? letter : null;
  }

  private tell(event: Envelope<'audit.recorded'>): Promise<void> {
    return this.work.run(async ({ emit }) => {
      emit(event);
    });
  }

  /** The newest of a topic that fit, at most `count`, those after `after` in the list. */
  private async some(
    topic: Topic,
    { service }: DeadLetterFilter,
    count: number,
    after?: Place,
  ): Promise<DeadLetter[]> {
    const fitting: DeadLetter[] = [];
    for await (const letter of this.newestOf(topic, after?.id)) {
      if (after && newestFirst(letter, after) <= 0) continue;
      const isWanted = service === undefined || letter.group === service;
      if (isWanted && mayBeSeen(letter)) fitting.push(letter);
      if (fitting.length >= count) break;
    }
    return fitting;
  }

  private async *newestOf(topic: Topic, upTo: string | undefined): AsyncGenerator<DeadLetter> {
    let from = upTo;
    let last: string | undefined;
    for (;;) {
      const options = { limit: PORTION, ...(from === undefined ? {} : { upTo: from }) };
      const portion = await this.bus.deadLetters.list(topic, options);
      // Each portion begins with the letter that ended the one before.
      for (const letter of portion) if (letter.id !== last) yield letter;
      if (portion.length < PORTION) return;
      from = last = portion.at(-1)?.id;
    }
  }
}

function topicsOf({ topic }: DeadLetterFilter): readonly Topic[] {
  return topic === undefined ? TOPICS : [topic];
}

/** Two of different topics may have the same id. */
function newestFirst(a: Place, b: Place): number {
  return compareLetterIds(b.id, a.id) || a.topic.localeCompare(b.topic);
}

function placeIn(name: string): Place | null {
  const [topic, id, ...more] = name.split(':');
  const known = TOPICS.find((one) => one === topic);
  return known && id !== undefined && isLetterId(id) && more.length === 0
    ? { topic: known, id }
    : null;
}

function notFound(): ProblemError {
  return new ProblemError('dead-letter-not-found', 'There is no dead letter with this id.');
}
