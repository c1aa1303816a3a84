import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { BYTES_PER_MS } from '@parley/audio';
import { unwrap, type AudioSender, type ParleyClient } from '@parley/client';
import type { Meeting } from '@parley/contracts';
import { RecordingsService } from '../recordings/recordings.service';
import { RunningFeeds } from './running-feeds';

export const WAV_HEADER_BYTES = 44;

/** The service with a folder of its own for audio, and senders of it. */
export class RunningRecordings {
  private constructor(
    readonly feeds: RunningFeeds,
    private readonly folder: string,
  ) {}

  static async start(settings: Record<string, string> = {}): Promise<RunningRecordings> {
    const folder = mkdtempSync(join(tmpdir(), 'parley-recordings-'));
    const key = randomBytes(32).toString('base64');
    const feeds = await RunningFeeds.start({ BLOBS_DIR: folder, BLOBS_KEY: key, ...settings });
    return new RunningRecordings(feeds, folder);
  }

  async stop(): Promise<void> {
    await this.feeds.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  get ingestion(): ParleyClient['ingestion'] {
    return this.feeds.client.ingestion;
  }

  /** A meeting that keeps its audio. */
  created(body: object = {}): Promise<Meeting> {
    const wanted = { title: 'Talk', keepAudio: true, ...body };
    return unwrap(this.ingestion.POST('/v1/meetings', { body: wanted }));
  }

  /** Resolves once it is durable. */
  async say(sender: AudioSender, pcm: Buffer): Promise<void> {
    const untilMs = sender.durableMs + pcm.length / BYTES_PER_MS;
    await sender.send(pcm);
    while (sender.durableMs < untilMs) await wait(5);
  }

  /** Sends it, ends the sender, and waits until it is kept. */
  async recorded(id: string, pcm: Buffer, channel = 'main'): Promise<void> {
    const sender = await this.feeds.client.sendAudio(id, { channel });
    await this.say(sender, pcm);
    await sender.stop();
    await this.idle();
  }

  /** Whatever senders that are gone have sent is dealt with. */
  async idle(): Promise<void> {
    await this.feeds.app.get(RecordingsService, { strict: false }).settled();
  }

  /** The files of a meeting's parts, in their order. */
  filesOf(id: string): string[] {
    const at = join(this.folder, 'recordings', id);
    if (!existsSync(at)) return [];
    return readdirSync(at)
      .sort()
      .map((name) => join(at, name));
  }

  /** Asks over plain HTTP, as a browser that plays it does. */
  ask(id: string, query = ''): Promise<Response> {
    return fetch(`${this.feeds.url}/v1/meetings/${id}/recording${query}`);
  }
}

/** Nothing repeats in it: what is heard at a wrong place does not pass for what belongs there. */
export function noise(ms: number): Buffer {
  return randomBytes(ms * BYTES_PER_MS);
}

/** Turns a bit of a file. */
export function spoil(file: string, at: number): void {
  const bytes = readFileSync(file);
  bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at);
  writeFileSync(file, bytes);
}
