import { logEvent } from '@parley/observability';
import { cutRedis } from '@parley/redis';
import type Redis from 'ioredis';
import type { RawEvent } from '../delivery/event-taker';
import type { GroupState } from '../delivery/group-listener';
import {
  buryScript,
  claimScript,
  idleScript,
  leaveScript,
  redeliverScript,
  stateScript,
  tidyScript,
  uncountScript,
} from './group.scripts';
import { deadStreamOf } from './stream-keys';

/** One delivery of one stream entry to this consumer. */
export interface Message {
  stream: string;
  id: string;
  raw: RawEvent;
  /** Counted from 1, this one included. */
  deliveries: number;
}

type Entry = [id: string, fields: string[] | null];

const HOUR_MS = 3_600_000;
const KEPT_DEAD_LETTERS = 10_000;

/** The Redis commands of one consumer of one group, on several streams. No rules, no loops. */
export class StreamGroup {
  private readonly cursors = new Map<string, string>();
  private readerId: number | undefined;
  /** By stream: what is acknowledged together. */
  private readonly acknowledgements = new Map<string, { ids: string[]; done: Promise<unknown> }>();

  constructor(
    private readonly commands: Redis,
    private readonly reader: Redis,
    readonly group: string,
    private readonly consumer: string,
    readonly streams: readonly string[],
  ) {
    // Every connection has another one.
    reader.on('close', () => {
      this.readerId = undefined;
    });
  }

  /** Makes the group where it is missing; from the first entry, so that nothing sent earlier is lost. */
  async ensure(): Promise<void> {
    for (const stream of this.streams) {
      try {
        await this.commands.xgroup('CREATE', stream, this.group, '0', 'MKSTREAM');
      } catch (error) {
        if (!(error instanceof Error && error.message.startsWith('BUSYGROUP'))) throw error;
      }
    }
  }

  async read(count: number, blockMs: number): Promise<Message[]> {
    // In one go with the read: a reconnect in between would have changed the id.
    const identified = this.readerId ?? this.reader.client('ID').then((id) => (this.readerId = id));
    const [found] = await Promise.all([
      this.reader.call('XREADGROUP', [
        ...['GROUP', this.group, this.consumer],
        ...['COUNT', count, 'BLOCK', blockMs],
        ...['STREAMS', ...this.streams, ...this.streams.map(() => '>')],
      ]),
      identified,
    ]);
    return ((found ?? []) as [stream: string, entries: Entry[]][]).flatMap(([stream, entries]) =>
      entries.map(([id, fields]) => ({ stream, id, raw: rawEvent(fields), deliveries: 1 })),
    );
  }

  /** Takes over at most `count` messages that were left lying for `idleMs`; tells how many are gone. */
  async claim(
    stream: string,
    idleMs: number,
    count: number,
  ): Promise<{ messages: Message[]; vanished: number }> {
    const [cursor, entries, vanished] = (await claimScript.run(
      this.commands,
      [stream],
      [this.group, this.consumer, idleMs, this.cursors.get(stream) ?? '0-0', count],
    )) as [string, [id: string, fields: string[], deliveries: number][], number];
    this.cursors.set(stream, cursor);
    if (vanished > 0) {
      logEvent('bus.vanished', { stream, group: this.group, vanished });
    }
    const messages = entries.map(([id, fields, deliveries]) => ({
      stream,
      id,
      raw: rawEvent(fields),
      deliveries,
    }));
    return { messages, vanished };
  }

  /** Those of one turn of the event loop travel together. */
  async acknowledge({ stream, id }: Message): Promise<void> {
    const others = this.acknowledgements.get(stream);
    others?.ids.push(id);
    await (others?.done ?? this.acknowledgeSoon(stream, [id]));
  }

  private acknowledgeSoon(stream: string, ids: string[]): Promise<unknown> {
    const done = new Promise(setImmediate).then(() => {
      this.acknowledgements.delete(stream);
      return this.commands.xack(stream, this.group, ...ids);
    });
    this.acknowledgements.set(stream, { ids, done });
    return done;
  }

  /** The message with one more delivery counted, or null when another consumer has it. */
  async redeliver(message: Message): Promise<Message | null> {
    const values = [this.group, this.consumer, message.id];
    const deliveries = Number(await redeliverScript.run(this.commands, [message.stream], values));
    return deliveries > 0 ? { ...message, deliveries } : null;
  }

  /** The delivery that was counted last does not count: the next one is counted in its place. */
  async uncount({ stream, id }: Message): Promise<void> {
    await uncountScript.run(this.commands, [stream], [this.group, this.consumer, id]);
  }

  async setIdle(messages: readonly Message[], idleMs: number): Promise<void> {
    for (const stream of this.streams) {
      const ids = messages.filter((message) => message.stream === stream).map(({ id }) => id);
      if (ids.length === 0) continue;
      await idleScript.run(this.commands, [stream], [this.group, this.consumer, idleMs, ...ids]);
    }
  }

  async bury({ stream, id, raw, deliveries }: Message, reason: string): Promise<void> {
    await buryScript.run(
      this.commands,
      [stream, deadStreamOf(stream)],
      [
        ...[this.group, id, KEPT_DEAD_LETTERS],
        ...['group', this.group, 'reason', reason, 'deliveries', deliveries],
        ...['type', raw.type ?? '', 'event', raw.json ?? '', 'entry', id],
      ],
    );
  }

  /** @returns how many entries of `stream` were removed. */
  async tidy(stream: string): Promise<number> {
    // An hour more than needed, for a group that has yet to be made; a day while there is none.
    return Number(await tidyScript.run(this.commands, [stream], [HOUR_MS, 24 * HOUR_MS, HOUR_MS]));
  }

  async leave(): Promise<void> {
    for (const stream of this.streams) {
      await leaveScript.run(this.commands, [stream], [this.group, this.consumer]);
    }
  }

  /** Ends a read that waits; `hard` also when Redis does not answer. */
  async interrupt(hard: boolean): Promise<void> {
    if (hard || this.reader.status !== 'ready' || this.readerId === undefined) {
      cutRedis(this.reader);
    } else {
      await this.commands.client('UNBLOCK', this.readerId);
    }
  }
}

/** How far `group` is with `stream`; null when it has none. */
export async function readGroupState(
  redis: Redis,
  stream: string,
  group: string,
): Promise<Omit<GroupState, 'topic'> | null> {
  const found = await stateScript.run(redis, [stream, deadStreamOf(stream)], [group]);
  if (!Array.isArray(found)) return null;
  const [lag = 0, pending = 0, oldestMs = 0, deadLetters = 0] = found.map(Number);
  return { lag, pending, oldestMs, deadLetters };
}

function rawEvent(fields: string[] | null): RawEvent {
  const raw: RawEvent = { type: undefined, json: undefined };
  for (let index = 0; index < (fields?.length ?? 0); index += 2) {
    if (fields?.[index] === 'type') raw.type = fields[index + 1];
    if (fields?.[index] === 'event') raw.json = fields[index + 1];
    if (fields?.[index] === 'only') raw.only = fields[index + 1] ?? '';
  }
  return raw;
}
