import { closeRedis, createRedis } from '@parley/redis';
import type Redis from 'ioredis';
import {
  endOfAudio,
  heldBytesOf,
  type AudioEntry,
  type AudioLog,
  type StoredAudioEntry,
} from '../audio-log';
import { AudioForgottenError, BusClosedError } from '../delivery/bus-errors';
import { idAfter } from '../ids/entry-ids';
import { decodeAudioEntry, encodeAudioEntry } from './audio-entry.codec';
import { appendScript, forgetAudioScript, trimScript } from './audio.scripts';
import { ReaderPool } from './reader-pool';

type Found = [key: Buffer, entries: [id: Buffer, fields: Buffer[]][]][] | null;

const LONGEST_BLOCK_MS = 30_000;
const KEEP_MS = 24 * 3_600_000;

/**
 * Audio of live meetings as Redis Streams. An append whose answer was lost may stand twice: readers go by
 * `startMs`, and by the id of a caption. Audio that nobody trims goes 24 hours after the meeting's last entry.
 */
export class RedisAudioLog implements AudioLog {
  private readonly prefix: string;
  private readonly commands: Redis;
  private readonly readers: ReaderPool;
  private closing: Promise<void> | undefined;

  constructor(options: { url: string; name: string; prefix?: string }) {
    this.prefix = `${options.prefix ?? 'parley'}:audio:`;
    const name = `${options.name}:audio`;
    this.commands = createRedis(options.url, { name });
    this.readers = new ReaderPool({ url: options.url, name, blockMs: LONGEST_BLOCK_MS });
  }

  async append(meetingId: string, entry: AudioEntry): Promise<string> {
    if (this.closing) throw new BusClosedError();
    const end = endOfAudio(entry);
    const values = [KEEP_MS, entry.channel, heldBytesOf(entry), end, ...encodeAudioEntry(entry)];
    const keys = [...this.keys(meetingId), this.forgottenKey(meetingId)];
    const id = (await appendScript.run(this.commands, keys, values)) as string | null;
    if (id === null) throw new AudioForgottenError(meetingId);
    return id;
  }

  /** Waits at most 30 s, whatever `waitMs` says. */
  async read(
    meetingId: string,
    afterId: string | null,
    options: { waitMs: number; limit: number; signal?: AbortSignal },
  ): Promise<StoredAudioEntry[]> {
    if (this.closing) throw new BusClosedError();
    const [stream] = this.keys(meetingId);
    const from = [stream, afterId ?? '0-0'] as const;
    const { limit, signal } = options;
    const there = await this.commands.xreadBuffer('COUNT', limit, 'STREAMS', ...from);
    if (there || options.waitMs <= 0) return signal?.aborted ? [] : decode(there);
    const waitMs = Math.min(Math.ceil(options.waitMs), LONGEST_BLOCK_MS);
    const found = await this.readers.use(signal, (redis) =>
      redis.xreadBuffer('COUNT', limit, 'BLOCK', waitMs, 'STREAMS', ...from),
    );
    return signal?.aborted ? [] : decode(found);
  }

  async trim(meetingId: string, throughId: string): Promise<void> {
    const [stream, held] = this.keys(meetingId);
    await trimScript.run(this.commands, [stream, held], [throughId, idAfter(throughId)]);
  }

  async receivedMs(meetingId: string, channel: string): Promise<number> {
    const [, , ends] = this.keys(meetingId);
    return Number((await this.commands.hget(ends, channel)) ?? 0);
  }

  async heldBytes(meetingId: string, channel: string): Promise<number> {
    const [, held] = this.keys(meetingId);
    return Number((await this.commands.hget(held, channel)) ?? 0);
  }

  async delete(meetingId: string): Promise<void> {
    await this.commands.del(...this.keys(meetingId));
  }

  async forget(meetingId: string): Promise<number> {
    const keys = [...this.keys(meetingId), this.forgottenKey(meetingId)];
    return Number(await forgetAudioScript.run(this.commands, keys, [KEEP_MS]));
  }

  close(): Promise<void> {
    this.closing ??= this.readers.close().then(() => closeRedis(this.commands));
    return this.closing;
  }

  private forgottenKey(meetingId: string): string {
    return `${this.prefix}${meetingId}:forgotten`;
  }

  private keys(meetingId: string): [stream: string, held: string, ends: string] {
    const stream = this.prefix + meetingId;
    return [stream, `${stream}:held`, `${stream}:ends`];
  }
}

function decode(found: Found): StoredAudioEntry[] {
  return (found ?? []).flatMap(([, entries]) =>
    entries.map(([id, fields]) => ({ id: String(id), entry: decodeAudioEntry(fields) })),
  );
}
